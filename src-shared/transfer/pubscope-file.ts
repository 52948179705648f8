import type { ProfileDraft } from '@shared/profile/profile'
import { secretNameSchema, type SecretName } from '@shared/profile/secret'
import { certificatePurposeSchema } from '@shared/profile/tls'
import { z } from '@shared/schema'
import type { CandidateFile, Entry } from './candidate'
import { draftFrom, isLoose, own } from './draft-from'
import { quoted, type Remark } from './remark'

/** What tells our own file from others. */
export const PUBSCOPE_FORMAT = 'pubscope-profiles'
export const PUBSCOPE_FORMAT_VERSION = 1

/** Largest cost of scrypt that a file may ask of us: 256 MiB of memory at r = 8. */
const MAX_SCRYPT_N = 2 ** 18
const MIN_SCRYPT_N = 2 ** 14

const bytes = (length: number) => z.base64().length(4 * Math.ceil(length / 3))

/** How the profiles in a file are encrypted: scrypt (RFC 7914) makes the key, AES-256-GCM (NIST SP 800-38D) uses it. */
export const sealedSchema = z.object({
  kdf: z.object({
    name: z.literal('scrypt'),
    n: z.number().int().min(MIN_SCRYPT_N).max(MAX_SCRYPT_N).refine((n) => Number.isInteger(Math.log2(n))),
    r: z.literal(8),
    p: z.literal(1),
    saltBase64: bytes(16),
  }),
  cipher: z.object({ name: z.literal('aes-256-gcm'), nonceBase64: bytes(12), tagBase64: bytes(16) }),
  dataBase64: z.base64().min(1),
})
export type Sealed = z.infer<typeof sealedSchema>

/** A profile in our own file. */
export interface SharedProfile {
  readonly draft: ProfileDraft
  readonly secrets?: Readonly<Partial<Record<SecretName, string>>>
  readonly files: Readonly<Record<string, { readonly name: string; readonly base64: string }>>
  /** Files that stayed behind, for they are secrets. */
  readonly withheld: Readonly<Record<string, string>>
}

/** Our own file: the profiles, or sealed by a passphrase. */
export type PubscopeFile = { readonly format: typeof PUBSCOPE_FORMAT; readonly version: number } & (
  | { readonly profiles: readonly SharedProfile[] }
  | { readonly sealed: Sealed }
)

/** What our own file holds; null when it is none, or from a version to come. */
export type PubscopeContent =
  | { readonly kind: 'profiles'; readonly profiles: unknown[] }
  | { readonly kind: 'sealed'; readonly sealed: Sealed }
  | { readonly kind: 'newer' }
  | { readonly kind: 'broken' }

/** Whether a document says that it is ours, and what it holds. */
export function contentOfPubscope(document: unknown): PubscopeContent | null {
  if (!isLoose(document) || own(document, 'format') !== PUBSCOPE_FORMAT) return null
  const version = own(document, 'version')
  if (typeof version === 'number' && version > PUBSCOPE_FORMAT_VERSION) return { kind: 'newer' }
  const profiles = own(document, 'profiles')
  if (Array.isArray(profiles)) return { kind: 'profiles', profiles }
  const sealed = sealedSchema.safeParse(own(document, 'sealed'))
  return sealed.success ? { kind: 'sealed', sealed: sealed.data } : { kind: 'broken' }
}

const fileSchema = z.object({ name: z.string().min(1).max(255), base64: z.base64() })
const sharedSchema = z.object({
  draft: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.unknown()).catch({}),
  files: z.record(z.string(), z.unknown()).catch({}),
  withheld: z.record(z.string(), z.unknown()).catch({}),
})

/** A profile of our own file. */
export function readSharedProfile(raw: unknown): Entry {
  const parsed = sharedSchema.safeParse(raw)
  if (!parsed.success) return { kind: 'unusable', name: '', obstacle: { code: 'not-a-profile' } }
  const { draft, secrets, files, withheld } = parsed.data
  const name = own(draft, 'name')
  const result = draftFrom(withoutFiles(draft))
  if (!result.ok) return { kind: 'unusable', name: typeof name === 'string' ? quoted(name) : '', obstacle: result.obstacle }
  const remarks: Remark[] = [...result.remarks]
  const known: [string, CandidateFile][] = []
  for (const purpose of certificatePurposeSchema.options) {
    const left = own(withheld, purpose)
    if (typeof left === 'string') remarks.push({ code: 'file-not-included', purpose, file: quoted(left) })
    const file = own(files, purpose)
    if (file === undefined) continue
    const fit = fileSchema.safeParse(file)
    if (fit.success) known.push([purpose, { kind: 'bytes', ...fit.data }])
    else remarks.push({ code: 'file-unusable', purpose, file: '?' })
  }
  return { kind: 'usable', draft: result.draft, secrets: secretsOf(secrets, remarks), files: Object.fromEntries(known), remarks }
}

/** The files of a draft stand beside it: their ids mean nothing elsewhere. */
function withoutFiles(draft: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const tls = own(draft, 'tls')
  return isLoose(tls) ? { ...draft, tls: { ...tls, authority: undefined, certificate: undefined, key: undefined } } : draft
}

function secretsOf(given: Readonly<Record<string, unknown>>, remarks: Remark[]): Partial<Record<SecretName, string>> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, secret]) => {
      if (secretNameSchema.safeParse(name).success && typeof secret === 'string' && secret !== '') return [[name, secret]]
      remarks.push({ code: 'secret-unusable', name: quoted(name) })
      return []
    }),
  )
}
