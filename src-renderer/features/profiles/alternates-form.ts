import { DEFAULT_PORTS, type Protocol } from '@shared/profile/profile'
import { parseBrokerUrl } from './parse-broker-url'

/** A further broker while it is edited; `key` tells rows apart, as two may read the same for a while. */
export interface AlternateRow {
  readonly key: number
  host: string
  port: number | null
}

/** What of the form decides whether its brokers are told apart. */
interface Places {
  readonly host: string
  readonly port: number | null
  readonly alternates: readonly AlternateRow[]
}

let lastKey = 0

/** A row for the broker at `host`. */
export function alternateRow(host: string, port: number | null): AlternateRow {
  lastKey += 1
  return { key: lastKey, host, port }
}

/**
 * Takes apart what was typed or pasted for a host: URLs of `protocol`, `host:port`, or several of these. A port that is
 * not named is null. A URL of another protocol stays as it is, to be called wrong: all brokers of a profile speak the same.
 */
export function parseBrokers(text: string, protocol: Protocol): { host: string; port: number | null }[] {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  return parts.map((part) => {
    const url = parseBrokerUrl(part)
    if (url?.kind === 'broker' && url.protocol === protocol) return { host: url.host, port: url.port ?? DEFAULT_PORTS[protocol] }
    // One colon parts host and port; an IPv6 address has more, and brackets where a port follows.
    const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:/]+)):(\d{1,5})$/.exec(part) ?? []
    const host = bracketed ?? plain
    return host === undefined ? { host: part, port: null } : { host, port: Number(port) }
  })
}

/** The catalogue's key of what is wrong with a row's `part`. */
export function alternateFault(part: PropertyKey | undefined, row: AlternateRow): string {
  if (part === 'port') return 'profiles.errors.port'
  if (row.host.trim() === '') return 'profiles.errors.hostMissing'
  return row.host.includes('://') ? 'profiles.errors.alternateUrl' : 'profiles.errors.host'
}

/** The rows that name a broker which stands before them, by their index. */
export function repeatedBrokers({ host, port, alternates }: Places): number[] {
  const nameOf = (place: { host: string; port: number | null }): string =>
    `${place.host.trim().toLowerCase().replace(/^\[|\]$/g, '')} ${place.port}`
  const names = [{ host, port }, ...alternates].map(nameOf)
  return [...alternates.keys()].filter((index) => names.indexOf(names[index + 1] ?? '') <= index)
}
