import { AppError } from '@shared/ipc/app-error'
import { profileDraftSchema, type Profile } from '@shared/profile/profile'
import { secretNameSchema, type SecretName } from '@shared/profile/secret'
import { certificatePurposeSchema, type CertificateFile, type CertificatePurpose } from '@shared/profile/tls'
import { PUBSCOPE_FORMAT, PUBSCOPE_FORMAT_VERSION, type PubscopeFile, type SharedProfile } from '@shared/transfer/pubscope-file'
import { z } from '@shared/schema'
import { seal } from './passphrase-box'
import { MAX_TRANSFER_BYTES } from './transfer-files'

/** What an export asks of the other rooms. */
export interface ExportSources {
  /** Null: there is none. @throws {AppError} where it cannot be decrypted. */
  secretOf(profileId: string, name: SecretName): Promise<string | null>
  /** @throws {AppError} `certificate-missing`, `certificate-unusable` */
  readCertificate(file: CertificateFile, purpose: CertificatePurpose): Uint8Array
  /** The certificates in a file, without any key; null when they cannot be told apart. */
  publicPartOf(bytes: Uint8Array): string | null
}

const draftPart = z.object(profileDraftSchema.shape)

/**
 * The text of our own file with these profiles. Without a passphrase it holds no secrets: no passwords, no private keys.
 * @throws {AppError} `too-many` when the file were larger than what an import takes.
 */
export async function exportText(
  profiles: readonly Profile[],
  passphrase: string | null,
  sources: ExportSources,
): Promise<{ text: string; leftOut: number }> {
  const head = { format: PUBSCOPE_FORMAT, version: PUBSCOPE_FORMAT_VERSION } as const
  const shared: SharedProfile[] = []
  let leftOut = 0
  for (const profile of profiles) {
    const { secrets, missing } = passphrase === null ? { secrets: undefined, missing: 0 } : await secretsOf(profile, sources)
    leftOut += missing
    const draft = draftPart.parse(profile)
    const { files, withheld } = filesOf(profile, passphrase !== null, sources)
    const tls = { ...draft.tls, authority: null, certificate: null, key: null }
    shared.push({ draft: { ...draft, tls }, ...(secrets !== undefined && { secrets }), files, withheld })
  }
  const content: PubscopeFile =
    passphrase === null
      ? { ...head, profiles: shared }
      : { ...head, sealed: await seal(JSON.stringify({ ...head, profiles: shared }), passphrase) }
  const text = `${JSON.stringify(content, null, 2)}\n`
  if (Buffer.byteLength(text) > MAX_TRANSFER_BYTES) {
    throw new AppError('too-many', 'The file would be larger than what can be imported')
  }
  return { text, leftOut }
}

async function secretsOf(
  { id, ...profile }: Profile,
  sources: ExportSources,
): Promise<{ secrets: Partial<Record<SecretName, string>>; missing: number }> {
  const secrets: Partial<Record<SecretName, string>> = {}
  let missing = 0
  for (const name of secretNameSchema.options) {
    if (profile[`${name}Storage`] === 'none') continue
    const secret = await sources.secretOf(id, name).catch(nullIfKnown)
    if (secret === null) missing += 1
    else secrets[name] = secret
  }
  return { secrets, missing }
}

/** A keyring that does not answer costs its secrets, not the export. */
function nullIfKnown(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}

function filesOf({ tls }: Profile, withSecrets: boolean, sources: ExportSources): Pick<SharedProfile, 'files' | 'withheld'> {
  const files: [string, { name: string; base64: string }][] = []
  const withheld: [string, string][] = []
  for (const purpose of certificatePurposeSchema.options) {
    const file = tls[purpose]
    if (file === null) continue
    const bytes = withSecrets || purpose !== 'key' ? readOrNull(file, purpose, sources) : null
    const shared = bytes === null || withSecrets ? bytes : sources.publicPartOf(bytes)
    if (shared === null) withheld.push([purpose, file.name])
    else files.push([purpose, { name: file.name, base64: Buffer.from(shared).toString('base64') }])
  }
  return { files: Object.fromEntries(files), withheld: Object.fromEntries(withheld) }
}

function readOrNull(file: CertificateFile, purpose: CertificatePurpose, sources: ExportSources): Uint8Array | null {
  try {
    return sources.readCertificate(file, purpose)
  } catch (error) {
    return nullIfKnown(error)
  }
}
