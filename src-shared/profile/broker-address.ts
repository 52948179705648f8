import { usesWebSocket, type ProfileDraft } from './profile'

/** `mqtt://host:port`, or `ws://host:port/path`: a broker's address as the user may see it, without credentials. */
export function brokerAddress({ protocol, host, port, path }: Pick<ProfileDraft, 'protocol' | 'host' | 'port' | 'path'>): string {
  const authority = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${protocol}://${authority}:${port}${usesWebSocket(protocol) ? path : ''}`
}
