import { usesWebSocket, type ProfileDraft } from './profile'

/** The address as the user may see it, without credentials: `mqtt://host:port`, or `ws://host:port/path`. */
export function addressOf({ protocol, host, port, path }: Pick<ProfileDraft, 'protocol' | 'host' | 'port' | 'path'>): string {
  return `${protocol}://${authorityOf(host, port)}${usesWebSocket(protocol) ? path : ''}`
}

/** Host and port as an address has them: an IPv6 address stands in brackets. */
export function authorityOf(host: string, port: number): string {
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
