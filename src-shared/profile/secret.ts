import { z } from '@shared/schema'

/** The secrets a profile may have: of its user, and of its private key or PKCS#12 file. */
export const secretNameSchema = z.enum(['password', 'passphrase'])
export type SecretName = z.infer<typeof secretNameSchema>
