import { z } from '@shared/schema'
import { certificateFactsSchema } from './certificate-report'

/** More are not kept. */
export const MAX_MADE_CERTIFICATES = 200
export const MAX_DAYS = 7_300
export const MAX_NAMES = 100

const LABEL = String.raw`(?!-)[A-Za-z0-9_-]{1,63}(?<!-)`
const DNS_NAME = new RegExp(String.raw`^(\*\.)?${LABEL}(\.${LABEL})*$`)
const IPV4 = /^\d+(\.\d+){3}$/

const addressSchema = z.union([z.ipv4(), z.ipv6()])
// What is nothing but numbers and dots is meant as an address.
const dnsNameSchema = z.string().max(253).regex(DNS_NAME).refine((name) => !IPV4.test(name))

/** A DNS name (a wildcard as its first label is allowed) or an IP address. */
export const serverNameSchema = z.union([addressSchema, dnsNameSchema])

/** Whether a name of a server is an IP address. */
export function isAddress(name: string): boolean {
  return addressSchema.safeParse(name).success
}

export const certificateKindSchema = z.enum(['authority', 'server', 'client'])
export type CertificateKind = z.infer<typeof certificateKindSchema>

export const keyKindSchema = z.enum(['ecdsa-p256', 'rsa-2048'])
export type KeyKind = z.infer<typeof keyKindSchema>

const common = {
  /** Common name: RFC 5280 allows 64 characters; control characters would only deceive. */
  commonName: z.string().trim().min(1).max(64).regex(/^\P{Cc}*$/u),
  keyKind: keyKindSchema,
  days: z.number().int().min(1).max(MAX_DAYS),
}
const issuerId = z.uuid()

/** What to make. */
export const certificateOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('authority'), ...common }),
  z.strictObject({
    kind: z.literal('server'),
    ...common,
    issuerId,
    names: z.array(serverNameSchema).min(1).max(MAX_NAMES),
  }),
  z.strictObject({ kind: z.literal('client'), ...common, issuerId }),
])
export type CertificateOrder = z.infer<typeof certificateOrderSchema>

/** How the private key is kept: under the system's keyring, or readable for whoever is this user. */
export const keyStorageSchema = z.enum(['encrypted', 'plain'])
export type KeyStorage = z.infer<typeof keyStorageSchema>

/** A certificate that was made here; its private key stays with main. */
export const madeCertificateSchema = z.strictObject({
  id: z.uuid(),
  kind: certificateKindSchema,
  /** The authority that signed it, of this list; null when it signed itself. */
  issuerId: z.uuid().nullable(),
  keyStorage: keyStorageSchema,
  facts: certificateFactsSchema,
})
export type MadeCertificate = z.infer<typeof madeCertificateSchema>

/** What is written to a file of the user's. */
export const exportOrderSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('certificate') }),
  z.strictObject({ what: z.literal('key') }),
  /** Certificate, key and the authority's certificate, under a password. */
  z.strictObject({ what: z.literal('pkcs12'), password: z.string().min(1).max(1_000) }),
])
export type ExportOrder = z.infer<typeof exportOrderSchema>

/** A certificate file that a profile uses. */
export const profileCertificateSchema = z.strictObject({
  fileId: z.uuid(),
  name: z.string(),
  profileName: z.string(),
  /** When the first of its certificates ends; null when that cannot be told without a password. */
  validToMs: z.number().nullable(),
})
export type ProfileCertificate = z.infer<typeof profileCertificateSchema>
