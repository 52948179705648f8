import { DEFAULT_PROXY_PORTS } from '@shared/profile/proxy'

/** A SOCKS5 proxy as `--proxy` of the Mosquitto clients names it. */
export interface SocksUrl {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
}

/** `socks5h://[username[:password]@]host[:port]`, where `%25`, `%3A` and `%40` stand for `%`, `:` and `@`; else null. */
export function readSocksUrl(text: string): SocksUrl | null {
  const match = /^socks5h:\/\/(?:(?<username>[^:@]*)(?::(?<password>[^@]*))?@)?(?<host>[^:@/]+)(?::(?<port>\d{1,5}))?\/?$/.exec(text)
  if (match?.groups === undefined) return null
  const { username = '', password = '', host = '', port } = match.groups
  return { host, port: port === undefined ? DEFAULT_PROXY_PORTS.socks5 : Number(port), username: decode(username), password: decode(password) }
}

/** The same without a password, which is no matter for a command line. */
export function writeSocksUrl({ host, port, username }: Omit<SocksUrl, 'password'>): string {
  const user = username.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('@', '%40')
  return `socks5h://${user === '' ? '' : `${user}@`}${host}:${port}`
}

function decode(text: string): string {
  return text.replaceAll('%40', '@').replaceAll(/%3A/gi, ':').replaceAll('%25', '%')
}
