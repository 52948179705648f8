import { z } from '@shared/schema'

/**
 * The secrets a profile may have: of its user; of its private key or PKCS#12 file; of its user at the proxy; and the
 * values of the headers of its WebSocket, as one.
 */
export const secretNameSchema = z.enum(['password', 'passphrase', 'proxyPassword', 'headers'])
export type SecretName = z.infer<typeof secretNameSchema>
