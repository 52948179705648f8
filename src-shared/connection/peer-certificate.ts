import { z } from '@shared/schema'

/** A certificate a server showed, as far as a user needs it to decide. Names are text from outside. */
export const peerCertificateSchema = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  /** DNS names and addresses it is for. */
  names: z.array(z.string()),
  validFromMs: z.number(),
  validToMs: z.number(),
  /** SHA-256 of the whole certificate, `AA:BB:…`. */
  fingerprint: z.string(),
  /** Whether it vouches for itself: only such a one can be trusted by itself. */
  selfSigned: z.boolean(),
  /** The certificate itself; public, like all that a server shows. */
  pem: z.string(),
})
export type PeerCertificate = z.infer<typeof peerCertificateSchema>
