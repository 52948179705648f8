import { z } from '@shared/schema'

/**
 * The secrets a profile may have: of its user; of its private key or PKCS#12 file; of its user at the proxy; the values
 * of the headers of its WebSocket, as one; and the data of its authentication method.
 */
export const secretNameSchema = z.enum(['password', 'passphrase', 'proxyPassword', 'headers', 'authenticationData'])
export type SecretName = z.infer<typeof secretNameSchema>
