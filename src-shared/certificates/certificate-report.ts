import { z } from '@shared/schema'

/** Limits of what is shown of one certificate; how much there is more is said. */
export const MAX_NAMES_SHOWN = 200
export const MAX_TEXT_LENGTH = 1_000
/** Certificates read from one file. */
export const MAX_CERTIFICATES_IN_FILE = 200

/** Text from outside: whatever a stranger wrote into a certificate. */
const foreignText = z.string().max(MAX_TEXT_LENGTH)
const fingerprintSchema = z.string().regex(/^([0-9A-F]{2}:)+[0-9A-F]{2}$/)

/** One attribute of a distinguished name, e.g. `CN` and `broker`. */
export const nameAttributeSchema = z.strictObject({ type: foreignText, value: foreignText })
export type NameAttribute = z.infer<typeof nameAttributeSchema>

export const alternativeNameSchema = z.strictObject({
  kind: z.enum(['dns', 'ip', 'email', 'uri', 'other']),
  value: foreignText,
})
export type AlternativeName = z.infer<typeof alternativeNameSchema>

/** RFC 5280, section 4.2.1.3. */
export const keyUsageSchema = z.enum([
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
])
export type KeyUsage = z.infer<typeof keyUsageSchema>

/** Where a certificate of a chain was found. */
export const chainSourceSchema = z.enum(['file', 'made', 'public'])
export type ChainSource = z.infer<typeof chainSourceSchema>

/** Why a link of a chain does not hold. */
export const chainProblemSchema = z.enum([
  'expired',
  'not-yet-valid',
  'not-an-authority',
  'path-too-long',
  'bad-signature',
  /** This runtime knows neither the key nor the algorithm. */
  'unchecked-signature',
])
export type ChainProblem = z.infer<typeof chainProblemSchema>

/** Where a chain ends: at an authority made here, at a public one, or without anyone to trust. */
export const chainEndSchema = z.enum(['made', 'public', 'self-signed', 'unknown-issuer', 'too-long'])
export type ChainEnd = z.infer<typeof chainEndSchema>

/** Who signed whom, from the certificate itself up. */
export const certificateChainSchema = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        fingerprint: fingerprintSchema,
        title: foreignText,
        from: chainSourceSchema,
        validFromMs: z.number(),
        validToMs: z.number(),
        problems: z.array(chainProblemSchema),
      }),
    )
    .min(1),
  end: chainEndSchema,
  /** The name the last certificate gives its issuer. */
  lastIssuer: foreignText,
})
export type CertificateChain = z.infer<typeof certificateChainSchema>

/** What a certificate says, for reading. */
export const certificateFactsSchema = z.strictObject({
  /** What to call it: its common name, else its first name, else what there is; may be empty. */
  title: foreignText,
  subject: z.array(nameAttributeSchema),
  issuer: z.array(nameAttributeSchema),
  /** Who it is for (subjectAltName). */
  names: z.array(alternativeNameSchema).max(MAX_NAMES_SHOWN),
  /** Names beyond those. */
  moreNames: z.number().int(),
  validFromMs: z.number(),
  validToMs: z.number(),
  /** Hexadecimal. */
  serial: foreignText,
  key: z.strictObject({
    /** `RSA`, `EC`, `Ed25519`, else an object identifier. */
    kind: foreignText,
    bits: z.number().int().nullable(),
    curve: foreignText.nullable(),
  }),
  signatureAlgorithm: foreignText,
  keyUsages: z.array(keyUsageSchema),
  /** Extended key usages by their names, else as object identifiers. */
  purposes: z.array(foreignText),
  isAuthority: z.boolean(),
  /** How many authorities may stand below it; null: any number. */
  pathLength: z.number().int().nullable(),
  sha256: fingerprintSchema,
  sha1: fingerprintSchema,
})
export type CertificateFacts = z.infer<typeof certificateFactsSchema>

/** A certificate and what vouches for it. */
export const certificateReportSchema = certificateFactsSchema.extend({ chain: certificateChainSchema })
export type CertificateReport = z.infer<typeof certificateReportSchema>

/** What was found in a file of certificates. */
export const openedFileSchema = z.strictObject({
  name: z.string().max(255),
  certificates: z.array(certificateReportSchema).max(MAX_CERTIFICATES_IN_FILE),
  /** Certificates beyond the limit. */
  moreCertificates: z.number().int(),
  /** What says it is a certificate and cannot be read as one. */
  unreadable: z.number().int(),
})
export type OpenedFile = z.infer<typeof openedFileSchema>

/** What comes of opening a file: a PKCS#12 file may ask for its password first. */
export const fileOpeningSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('locked'), name: z.string().max(255) }),
  z.strictObject({ kind: z.literal('opened'), file: openedFileSchema }),
])
export type FileOpening = z.infer<typeof fileOpeningSchema>
