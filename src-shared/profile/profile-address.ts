import { usesWebSocket, type ProfileDraft } from './profile'

/** The address as the user may see it, without credentials: `mqtt://host:port`, or `ws://host:port/path`. */
export function addressOf({ protocol, host, port, path }: Pick<ProfileDraft, 'protocol' | 'host' | 'port' | 'path'>): string {
  const authority = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${protocol}://${authority}:${port}${usesWebSocket(protocol) ? path : ''}`
}
