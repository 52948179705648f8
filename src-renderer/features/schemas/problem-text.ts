import { useI18n } from 'vue-i18n'
import type { SchemaProblem, SchemaRefusal } from '@shared/schemas/schema-file'
import { isolate } from '../../i18n/isolate'

/** Words what is wrong with schemas, and why files were not added. */
export function useRefusalText(): {
  placeText: (problem: SchemaProblem) => string
  refusalText: (refusal: SchemaRefusal) => string
} {
  const { t } = useI18n()

  function placeText(problem: SchemaProblem): string {
    if (problem.kind === 'missing') return t('schemas.problem.missing', { name: isolate(problem.name) })
    const { detail, line, column } = problem
    if (line === null) return detail
    return column === null ? t('schemas.problem.line', { line, detail }) : t('schemas.problem.place', { line, column, detail })
  }

  function refusalText({ name, reason, problems }: SchemaRefusal): string {
    const why = reason === 'problems' ? problems.map(placeText).join(' ') : t(`schemas.refusal.${reason}`)
    return t('schemas.refusal.of', { name: isolate(name), why })
  }

  return { placeText, refusalText }
}
