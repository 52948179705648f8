import { z } from '@shared/schema'
import { peerCertificateSchema } from './peer-certificate'

/** What a server was verified by: the authorities of the system or of the profile, a pinned certificate, or nothing. */
export const verifiedBySchema = z.enum(['system', 'authority', 'pin', 'nothing'])
export type VerifiedBy = z.infer<typeof verifiedBySchema>

/** The server at the other end of a TLS connection, and how the two speak. */
export const tlsPeerSchema = z.strictObject({
  verifiedBy: verifiedBySchema,
  /** E.g. `TLSv1.3`. */
  protocol: z.string(),
  /** In the words of the standard, e.g. `TLS_AES_256_GCM_SHA384`. */
  cipher: z.string(),
  /** The protocol agreed on by ALPN, or null. */
  alpn: z.string().nullable(),
  /** Its own first; empty when they cannot be described. */
  certificates: z.array(peerCertificateSchema),
})
export type TlsPeer = z.infer<typeof tlsPeerSchema>
