import { AppError, type ErrorCode } from '@shared/ipc/app-error'
import { secretNameSchema } from '@shared/profile/secret'
import { certificatePurposeSchema } from '@shared/profile/tls'
import { z } from '@shared/schema'
import { useI18n } from 'vue-i18n'
import { isolate } from './isolate'

export interface ErrorText {
  readonly title: string
  readonly text: string
}

/** Words anything that was thrown: what happened, why, and what to do next. */
export function useErrorText(): (error: unknown) => ErrorText {
  const { t } = useI18n({ useScope: 'global' })
  return (error) => {
    const code: ErrorCode = error instanceof AppError ? error.code : 'internal'
    const message = error instanceof Error ? error.message : String(error)
    const details = { ...shownDetails(error), message: message || code }
    const key = errorKey(error, code)
    return { title: t(`${key}.title`, details), text: t(`${key}.text`, details) }
  }
}

/** What a file was chosen for; none of the purposes of a profile: to look into it. */
const chosenFor = z.enum([...certificatePurposeSchema.options, 'viewing'])

/** Where the catalogue has the words for an error: some codes have several, by what they are about. */
function errorKey(error: unknown, code: ErrorCode): string {
  const details = error instanceof AppError ? error.details : {}
  if (code === 'password-needed') {
    return `errors.password-needed.${secretNameSchema.catch('password').parse(details['secret'])}`
  }
  if (code === 'certificate-unusable') {
    const purpose = chosenFor.catch('viewing').parse(details['purpose'])
    return `errors.certificate-unusable.${'reason' in details ? 'unreadable' : purpose}`
  }
  if (code === 'transfer-unreadable') return `errors.transfer-unreadable.${String(details['fault'])}`
  if (code === 'collection-unreadable') return `errors.collection-unreadable.${String(details['fault'])}`
  if (code === 'rows-unreadable') return `errors.rows-unreadable.${String(details['fault'])}`
  if (code === 'saved-message-invalid') return `errors.saved-message-invalid.${String(details['fault'])}`
  return `errors.${code}`
}

/** Names of files and the like come from outside. */
function shownDetails(error: unknown): Record<string, string> {
  const details = error instanceof AppError ? error.details : {}
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, isolate(String(value))]))
}
