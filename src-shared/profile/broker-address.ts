import { usesWebSocket, type ProfileDraft } from './profile'

/** `mqtt://host:port`, or `ws://host:port/path`: a broker's address as the user may see it, without credentials. */
export function brokerAddress({ protocol, host, port, path }: Pick<ProfileDraft, 'protocol' | 'host' | 'port' | 'path'>): string {
  return `${protocol}://${hostAndPort({ host, port })}${usesWebSocket(protocol) ? path : ''}`
}

/** `host:port`, an IPv6 address in brackets, as addresses have it. */
export function hostAndPort({ host, port }: Pick<ProfileDraft, 'host' | 'port'>): string {
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
