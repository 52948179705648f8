import { useI18n } from 'vue-i18n'
import type { Expectation } from '@shared/acl/expectations/expectation'
import type { ExpectationsFault } from '@shared/acl/expectations/read-expectations'
import type { ExpectationResult } from '@shared/acl/expectations/run-expectations'
import type { Decision } from '@shared/acl/question'
import { isolate } from '../../i18n/isolate'
import { formatCount } from '../../ui/format'
import { useAclWords } from './use-acl-words'

/** What is said of a case, and of a document that could not be used. */
export function useExpectationWords() {
  const { t } = useI18n()
  const words = useAclWords()

  function said({ allowed, cause }: Decision): string {
    const data = { cause: words.cause(cause) }
    if (cause.kind === 'line') return t(allowed ? 'acl.expect.allowedBy' : 'acl.expect.deniedBy', data)
    return t(allowed ? 'acl.expect.allowedAs' : 'acl.expect.deniedAs', data)
  }

  return {
    /** Why it passed or failed. */
    why({ access, expect, line }: Expectation, result: ExpectationResult): string {
      switch (result.kind) {
        case 'passed':
          return said(result.decision)
        case 'other-answer':
          return t('acl.expect.otherAnswer', { said: said(result.decision), expected: t(`acl.expect.expect.${expect}`) })
        case 'other-line':
          return t('acl.expect.otherLine', { said: said(result.decision), line: line ?? '' })
        case 'no-topic':
          if (access === 'subscribe' || access === 'unsubscribe') return t(`filterFault.${result.fault}`)
          return t(result.fault === 'wildcard' ? 'acl.wildcard' : 'acl.invalidTopic')
      }
    },
    faultPlace: ({ line }: ExpectationsFault): string => (line === null ? t('acl.expect.fault.document') : t('acl.expect.fault.line', { line })),
    fault({ reason }: ExpectationsFault): string {
      switch (reason.kind) {
        case 'too-long':
          return t('acl.expect.fault.too-long', { n: formatCount(reason.most) })
        case 'too-deep':
          return t('acl.expect.fault.too-deep')
        case 'malformed':
          return t('acl.expect.fault.malformed', { detail: isolate(reason.detail) })
        case 'wrong-value':
          return t('acl.expect.fault.wrong-value', { path: isolate(reason.path), detail: isolate(reason.detail) })
      }
    },
  }
}
