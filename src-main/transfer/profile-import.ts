import { passwordChangeSchema, type PasswordChange, type PasswordStorage, type Profile, type ProfileDraft } from '@shared/profile/profile'
import { brokerAddress } from '@shared/profile/broker-address'
import { secretNameSchema, type SecretName } from '@shared/profile/secret'
import { certificatePurposeSchema } from '@shared/profile/tls'
import type { Candidate, Entry, Unusable } from '@shared/transfer/candidate'
import type { ImportChoice, ImportResult, Preview, PreviewProfile, TransferSource } from '@shared/transfer/preview'
import type { Remark } from '@shared/transfer/remark'
import { uniqueName } from '@shared/transfer/unique-name'
import { checkFiles, takeFiles, type CertificateShelf } from './candidate-files'
import type { PendingImport } from './pending-imports'

/** More on one profile nobody reads; a file made to annoy has as many as it likes. */
const MAX_REMARKS = 100

type Entries = Extract<PendingImport, { kind: 'entries' }>

/** A profile to be saved; without an id it is a new one. */
export interface ProfileToSave {
  readonly profileId: string | null
  readonly draft: ProfileDraft
  readonly changes: Readonly<Record<SecretName, PasswordChange>>
}

/** What was read, with everything checked that only main can see: files and secrets. */
export async function prepareImport(
  { source, entries, fileName }: { source: TransferSource; entries: readonly Entry[]; fileName: string | null },
  shelf: CertificateShelf,
): Promise<Entries> {
  const candidates: Candidate[] = []
  const unusable: Unusable[] = []
  for (const entry of entries) {
    if (entry.kind === 'unusable') {
      unusable.push(entry)
      continue
    }
    const files = checkFiles(entry, shelf)
    const secrets = checkSecrets(entry)
    candidates.push({
      ...entry,
      files: files.files,
      secrets: secrets.secrets,
      remarks: [...entry.remarks.filter(isWarning), ...files.remarks, ...secrets.remarks, ...entry.remarks.filter(isNote)].slice(0, MAX_REMARKS),
    })
    // A thousand profiles with files each: others get their turn between them.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { kind: 'entries', source, fileName, candidates, unusable }
}

const isWarning = ({ code }: Remark) => code === 'not-verified' || code === 'pinned'
const isNote = (remark: Remark) => !isWarning(remark)

function checkSecrets({ secrets }: Candidate): Pick<Candidate, 'secrets'> & { remarks: Remark[] } {
  const remarks: Remark[] = []
  const usable = Object.entries(secrets).filter(([name, secret]) => {
    const fits = passwordChangeSchema.safeParse({ kind: 'set', password: secret, storage: 'session' }).success
    if (!fits) remarks.push({ code: 'secret-unusable', name })
    return fits
  })
  return { secrets: Object.fromEntries(usable), remarks }
}

/** The import as the page may see it. */
export function previewOf(importId: string, { source, fileName, candidates, unusable }: Entries, profiles: readonly Profile[]): Preview {
  const taken = new Set(profiles.map(({ name }) => name))
  return {
    importId,
    source,
    fileName,
    profiles: candidates.map((candidate, index) => previewProfileOf(candidate, index, taken)),
    unusable: unusable.map(({ name, obstacle }) => ({ name, obstacle })),
  }
}

function previewProfileOf({ draft, secrets, files, remarks }: Candidate, index: number, taken: ReadonlySet<string>): PreviewProfile {
  return {
    index,
    name: draft.name,
    address: brokerAddress(draft),
    group: draft.group,
    username: draft.username,
    mqttVersion: draft.mqttVersion,
    brings: secretNameSchema.options.filter((name) => secrets[name] !== undefined),
    certificates: certificatePurposeSchema.options.filter((purpose) => files[purpose] !== undefined),
    hasWill: draft.will !== null,
    hasProxy: draft.proxy.kind !== 'none',
    subscriptionCount: draft.subscriptions.length,
    clashes: taken.has(draft.name),
    remarks: [...remarks],
  }
}

/**
 * The profiles to save for what the user chose, their files taken into the store. What replaces a profile brings its own
 * secrets or none: those of the old one must not go to another's address.
 * @throws {AppError}
 */
export function profilesToSave(
  { candidates }: Entries,
  choices: readonly ImportChoice[],
  storage: Exclude<PasswordStorage, 'none'>,
  profiles: readonly Profile[],
  shelf: CertificateShelf,
): ProfileToSave[] {
  const taken = new Set(profiles.map(({ name }) => name))
  const replaced = new Set<string>()
  return choices.flatMap(({ index, onClash }): ProfileToSave[] => {
    const candidate = candidates[index]
    if (candidate === undefined) return []
    const { draft } = candidate
    const target = onClash === 'replace' ? profiles.find(({ id, name }) => name === draft.name && !replaced.has(id)) : undefined
    if (target !== undefined) replaced.add(target.id)
    const name = target === undefined ? uniqueName(draft.name, taken) : draft.name
    taken.add(name)
    return [
      {
        profileId: target?.id ?? null,
        draft: { ...draft, name, tls: { ...draft.tls, ...takeFiles(candidate.files, shelf) } },
        changes: changesOf(candidate, storage),
      },
    ]
  })
}

function changesOf({ secrets }: Candidate, storage: Exclude<PasswordStorage, 'none'>): ProfileToSave['changes'] {
  const changeOf = (name: SecretName): PasswordChange => {
    const secret = secrets[name]
    return secret === undefined ? { kind: 'clear' } : { kind: 'set', password: secret, storage }
  }
  return {
    password: changeOf('password'),
    passphrase: changeOf('passphrase'),
    proxyPassword: changeOf('proxyPassword'),
    headers: changeOf('headers'),
    authenticationData: changeOf('authenticationData'),
  }
}

/** How many were new, how many took the place of others. */
export function resultOf(saved: readonly ProfileToSave[]): ImportResult {
  const replaced = saved.filter(({ profileId }) => profileId !== null).length
  return { added: saved.length - replaced, replaced }
}
