import { setImmediate as nextTurn } from 'node:timers/promises'
import { validityOf } from '@shared/certificates/certificate-validity'
import type { Expiry, ExpiryRole } from '@shared/certificates/expiry'
import { usesTls, type Profile } from '@shared/profile/profile'
import type { CertificateFile } from '@shared/profile/tls'
import type { DatedCertificate } from './dated-certificate'

const HOUR_MS = 3_600_000
/** A bundle may hold a hundred authorities; the first to go are enough to be told of. */
const MAX_SHOWN = 5

/** What the server of a live connection shows. */
export interface ServerCertificates {
  /** The profile, or the connection where none stands behind it. */
  readonly ownerId: string
  readonly certificates: readonly DatedCertificate[]
}

/** The certificates in a file of a profile; none where it cannot be read or opened. */
export type ReadDates = (file: CertificateFile, role: Exclude<ExpiryRole, 'server'>) => readonly DatedCertificate[]

type Dates = ReadonlyMap<string, readonly (DatedCertificate & { readonly role: ExpiryRole })[]>

/** Knows which certificates of the profiles and of the servers they are connected to have expired or soon will. */
export class ExpiryWatch {
  #profiles: readonly Profile[] = []
  #ofFiles: Dates = new Map()
  #ofServers: Dates = new Map()
  #told: readonly Expiry[] = []
  #round = 0

  constructor(
    private readonly readDates: ReadDates,
    private readonly changed: (expiries: readonly Expiry[]) => void,
    private readonly now: () => number = Date.now,
  ) {}

  get expiries(): readonly Expiry[] {
    return this.#told
  }

  /** Looks anew from now on each hour, so that every day's count is right. */
  start(): void {
    setInterval(() => void this.look(), HOUR_MS).unref()
  }

  /** Takes over the profiles there are now. */
  setProfiles(profiles: readonly Profile[]): Promise<void> {
    this.#profiles = profiles
    return this.look()
  }

  /** Takes over what the servers of all live connections show. */
  setServers(servers: readonly ServerCertificates[]): void {
    this.#ofServers = new Map(
      servers.map(({ ownerId, certificates }) => [ownerId, certificates.map((certificate) => ({ ...certificate, role: 'server' as const }))]),
    )
    this.#tell()
  }

  /** Reads the files of all profiles again, one profile a turn: there may be many. */
  async look(): Promise<void> {
    this.#round += 1
    const round = this.#round
    const found = new Map<string, (DatedCertificate & { role: ExpiryRole })[]>()
    for (const { id, protocol, tls } of this.#profiles) {
      if (!usesTls(protocol)) continue
      found.set(id, [
        ...this.#datesOf(tls.authority, 'authority'),
        ...this.#datesOf(tls.certificate, 'client'),
      ])
      await nextTurn()
      // A later look has begun meanwhile.
      if (round !== this.#round) return
    }
    this.#ofFiles = found
    this.#tell()
  }

  #datesOf(file: CertificateFile | null, role: Exclude<ExpiryRole, 'server'>) {
    return file === null ? [] : this.readDates(file, role).map((certificate) => ({ ...certificate, role }))
  }

  #tell(): void {
    const nowMs = this.now()
    const owners = new Set([...this.#ofFiles.keys(), ...this.#ofServers.keys()])
    const expiries = [...owners].flatMap((ownerId) =>
      [...(this.#ofFiles.get(ownerId) ?? []), ...(this.#ofServers.get(ownerId) ?? [])]
        .flatMap(({ role, subject, validFromMs, validToMs }): Expiry[] => {
          const { state, days } = validityOf({ validFromMs, validToMs }, nowMs)
          return state === 'expired' || state === 'expiresSoon' ? [{ ownerId, role, subject, validToMs, state, days }] : []
        })
        .sort((one, other) => one.validToMs - other.validToMs)
        .slice(0, MAX_SHOWN),
    )
    if (JSON.stringify(expiries) === JSON.stringify(this.#told)) return
    this.#told = expiries
    this.changed(expiries)
  }
}
