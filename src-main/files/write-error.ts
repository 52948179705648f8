import { AppError } from '@shared/ipc/app-error'

/** What the system said, as an error the user can be told about. */
export function writeError(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error
  const reason = error instanceof Error ? error.message : String(error)
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', reason, { name })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('write-denied', reason, { name })
    default:
      return new AppError('file-not-written', reason, { name, reason })
  }
}
