import { z } from '@shared/schema'

/** Every way a request can fail. The page has a sentence for each code. */
export const errorCodeSchema = z.enum([
  'invalid-arguments',
  'not-allowed',
  'profile-not-found',
  'profiles-unreadable',
  'connection-not-found',
  'connection-not-online',
  'engine-unavailable',
  'message-evicted',
  'packet-evicted',
  'view-closed',
  'payload-too-large',
  'payload-not-encoded',
  'payload-unreadable',
  'payload-took-too-long',
  'payload-no-text',
  'payload-not-json',
  'expression-invalid',
  'expression-empty',
  'schema-not-found',
  'schema-name-taken',
  'schemas-too-large',
  'too-many',
  'retained-busy',
  'retained-not-kept',
  'retained-undo-gone',
  'keyring-unavailable',
  'password-needed',
  'system-proxy-unknown',
  'connection-string-invalid',
  'certificate-unusable',
  'certificate-missing',
  'certificate-not-found',
  'wrong-file-password',
  'file-protection-unknown',
  'private-key-unavailable',
  'storage-failed',
  'transfer-unreadable',
  'transfer-gone',
  'passphrase-wrong',
  'file-not-written',
  'disk-full',
  'write-denied',
  'export-gone',
  'too-many-files',
  'file-not-read',
  'acl-file-too-large',
  'publish-forgotten',
  'demo-broker-failed',
  'collection-full',
  'collection-unreadable',
  'collection-item-gone',
  'rows-unreadable',
  'saved-message-invalid',
  'internal',
])
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** An error as it crosses between processes. `message` is for logs, never holds a secret; the page words `code`. */
export const wireErrorSchema = z.strictObject({
  code: errorCodeSchema,
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type WireError = z.infer<typeof wireErrorSchema>

/** A failure the user can be told about. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Record<string, string | number> = {},
  ) {
    super(message)
  }

  /** The error that came as `wire`. */
  static from(wire: WireError): AppError {
    return new AppError(wire.code, wire.message, wire.details)
  }

  toWire(): WireError {
    return { code: this.code, message: this.message, details: this.details }
  }
}

/** Anything thrown, as it may cross: what is not an {@link AppError} is a fault of ours. */
export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) return error.toWire()
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), details: {} }
}
