import { computed, shallowRef, watch, type Ref } from 'vue'
import type { JsonProblem } from '@shared/schemas/schema-file'
import { request } from '../../bridge/client'

/** JSON, and the topic that says by which schema it is to be. */
export interface ToValidate {
  readonly connectionId: string
  readonly topic: string
  readonly text: string
}

/** What a JSON Schema finds. */
export interface SchemaFindings {
  readonly schemaId: string
  readonly schemaName: string
  readonly problems: readonly JsonProblem[]
}

/** What a change of the text waits for the next one. */
const ASK_AFTER_MS = 200

/** Keeps what the schema for a topic finds in a text; null: there is none, or it cannot be asked. It never stands in the way. */
export function useSchemaProblems(wanted: Readonly<Ref<ToValidate | null>>): Readonly<Ref<SchemaFindings | null>> {
  const found = shallowRef<{ readonly of: ToValidate; readonly findings: SchemaFindings | null } | null>(null)
  let timer: number | undefined

  async function ask(): Promise<void> {
    const asked = wanted.value
    if (asked === null) return
    const findings = await request('schemas.validate', { ...asked }).catch(() => null)
    if (wanted.value === asked) found.value = { of: asked, findings }
  }
  watch(
    wanted,
    () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void ask(), ASK_AFTER_MS)
    },
    { immediate: true },
  )
  return computed(() => (wanted.value !== null && found.value?.of.connectionId === wanted.value.connectionId && found.value.of.topic === wanted.value.topic ? found.value.findings : null))
}
