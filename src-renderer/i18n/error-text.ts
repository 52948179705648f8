import { AppError, type ErrorCode } from '@shared/ipc/app-error'
import { useI18n } from 'vue-i18n'

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
    return { title: t(`errors.${code}.title`), text: t(`errors.${code}.text`, { message: message || code }) }
  }
}
