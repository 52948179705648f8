import { z } from '@shared/schema'

const fileFacts = {
  fileId: z.uuid(),
  /** What the user called it. */
  name: z.string().min(1).max(255),
}

/** A file that the user chose and main reads; what is in it never comes to the page. */
export const certificateFileSchema = z.discriminatedUnion('kind', [
  /** Main has a copy in its own store: the file itself may change or go. */
  z.strictObject({ kind: z.literal('copy'), ...fileFacts }),
  /** Read where it is at each connect; main alone knows the path, the folder is for the user to read. */
  z.strictObject({ kind: z.literal('reference'), ...fileFacts, folder: z.string().max(4_096) }),
])
export type CertificateFile = z.infer<typeof certificateFileSchema>

/** What a file is chosen for. A certificate may be a PKCS#12 file, which brings its key along. */
export const certificatePurposeSchema = z.enum(['authority', 'certificate', 'key'])
export type CertificatePurpose = z.infer<typeof certificatePurposeSchema>

export const tlsVersionSchema = z.enum(['1.2', '1.3'])
export type TlsVersion = z.infer<typeof tlsVersionSchema>

/** Whether a chosen file is copied or read where it is. */
export type CertificateFileKind = CertificateFile['kind']

/** Most certificates a profile can pin: one of each broker it may fall back on, and their successors. */
export const MAX_PINS = 10

export const MAX_PIN_SUBJECT_LENGTH = 200

/** A server certificate that is trusted by itself, whoever issued it, whatever its names and dates. */
export const pinSchema = z.strictObject({
  /** SHA-256 of the certificate in DER, `AA:BB:…`. */
  fingerprint: z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
  /** Whom it names, as the server showed it; for the user alone. */
  subject: z.string().max(MAX_PIN_SUBJECT_LENGTH),
})
export type Pin = z.infer<typeof pinSchema>

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
  /** A server that shows one of these needs no other proof; another one is checked as usual. */
  pins: z.array(pinSchema).max(MAX_PINS),
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
  pins: [],
}

/** The files a profile has in main's store. */
export function fileIdsOf(tls: Tls): string[] {
  return filesOf(tls).map(({ fileId }) => fileId)
}

/** Whether a profile uses files that may change without us. */
export function hasReferences(tls: Tls): boolean {
  return filesOf(tls).some(({ kind }) => kind === 'reference')
}

function filesOf({ authority, certificate, key }: Tls): CertificateFile[] {
  return [authority, certificate, key].filter((file) => file !== null)
}
