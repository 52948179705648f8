import { useI18n } from 'vue-i18n'
import { wordsOfCause } from '@shared/acl/cause-words'
import type { Entry } from '@shared/acl/dynamic-security/dynsec-file'
import type { LineSentence } from '@shared/acl/explain-line'
import type { Finding } from '@shared/acl/lint/finding'
import type { DecisionCause, LineVerdict } from '@shared/acl/question'
import { isolate } from '../../i18n/isolate'

/** The words of `@shared/acl/words` in the page's language. Code stands between backticks (see `AclText.vue`). */
export function useAclWords() {
  const { t } = useI18n()
  return {
    cause(cause: DecisionCause): string {
      const { key, data } = wordsOfCause(cause)
      return t(`acl.words.cause.${key}`, data)
    },
    entry: ({ role, type, topic, allow }: Entry): string =>
      t(`acl.trace.entry.${allow ? 'allows' : 'denies'}`, { role: isolate(role), type, topic: isolate(topic) }),
    verdict: (verdict: LineVerdict): string => t(`acl.words.verdict.${verdict}`),
    finding({ rule, data }: Finding): { title: string; text: string } {
      const shown = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? isolate(value) : value]))
      return { title: t(`acl.words.finding.${rule}.title`, shown), text: t(`acl.words.finding.${rule}.text`, shown) }
    },
    /** What the fix of a finding does. */
    fix({ fix }: Finding): string {
      if (fix === undefined || fix.kind === 'remove-line') return t('acl.fix.removeLine')
      const text = fix.text.trim()
      if (text.includes('\n')) return t('acl.fix.ownLine')
      if (text !== '') return t('acl.fix.write', { text: isolate(text) })
      return fix.text === '' ? t('acl.fix.remove') : t(fix.text === ' ' ? 'acl.fix.space' : 'acl.fix.lineEnd')
    },
    sentences: (sentences: readonly LineSentence[]): string =>
      sentences
        .map(({ key, data }) => t(`acl.words.line.${key}`, Object.fromEntries(Object.entries(data).map(([name, value]) => [name, isolate(value)]))))
        .join(' '),
  }
}
