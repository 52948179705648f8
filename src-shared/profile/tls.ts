import { z } from '@shared/schema'

/** A file that main has taken into its own store; what is in it never comes to the page. */
export const certificateFileSchema = z.strictObject({
  fileId: z.uuid(),
  /** What the user called it. */
  name: z.string().min(1).max(255),
})
export type CertificateFile = z.infer<typeof certificateFileSchema>

/** What a file is chosen for. A certificate may be a PKCS#12 file, which brings its key along. */
export const certificatePurposeSchema = z.enum(['authority', 'certificate', 'key'])
export type CertificatePurpose = z.infer<typeof certificatePurposeSchema>

export const tlsVersionSchema = z.enum(['1.2', '1.3'])
export type TlsVersion = z.infer<typeof tlsVersionSchema>

/** How a profile speaks TLS; kept, but without effect, while its protocol is mqtt or ws. */
export const tlsSchema = z.strictObject({
  /** Certificate authorities to trust (PEM bundle or DER); null: those of the system. */
  authority: certificateFileSchema.nullable(),
  /** What we show when asked who we are: a certificate (PEM) or a PKCS#12 file; null: nothing. */
  certificate: certificateFileSchema.nullable(),
  /** The private key of a PEM certificate. */
  key: certificateFileSchema.nullable(),
  /** Server Name Indication, and the name the server's certificate is checked against; empty: the host. */
  serverName: z.string().trim().max(253).regex(/^[^\s/@?#:]*$/),
  /** Application-Layer Protocol Negotiation, e.g. `x-amzn-mqtt-ca`. */
  alpnProtocols: z.array(z.string().trim().min(1).max(255)).max(16),
  minimumVersion: tlsVersionSchema,
  verifyCertificate: z.boolean(),
  verifyHostName: z.boolean(),
})
export type Tls = z.infer<typeof tlsSchema>

export const DEFAULT_TLS: Tls = {
  authority: null,
  certificate: null,
  key: null,
  serverName: '',
  alpnProtocols: [],
  minimumVersion: '1.2',
  verifyCertificate: true,
  verifyHostName: true,
}

/** The files a profile has in main's store. */
export function fileIdsOf({ authority, certificate, key }: Tls): string[] {
  return [authority, certificate, key].flatMap((file) => (file === null ? [] : [file.fileId]))
}
