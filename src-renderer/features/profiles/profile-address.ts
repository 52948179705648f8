import { usesWebSocket, type ProfileDraft } from '@shared/profile/profile'

/** `mqtt://host:port`, or `ws://host:port/path`, as connections show it too. */
export function addressOf({ protocol, host, port, path }: Pick<ProfileDraft, 'protocol' | 'host' | 'port' | 'path'>): string {
  const authority = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${protocol}://${authority}:${port}${usesWebSocket(protocol) ? path : ''}`
}
