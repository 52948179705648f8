import type { IgnoredReason } from './remark'

/** What an option of the clients does to a profile. */
export type Meaning =
  | 'host' | 'port' | 'username' | 'password' | 'client-id' | 'client-id-prefix' | 'keepalive' | 'persistent' | 'version'
  | 'topic' | 'qos' | 'url' | 'session-expiry' | 'property' | 'retain-as-published'
  | 'cafile' | 'cert' | 'key' | 'insecure' | 'tls-version' | 'tls-alpn' | 'tls-use-os-certs'
  | 'will-topic' | 'will-payload' | 'will-qos' | 'will-retain'
  | 'unix' | 'psk' | 'proxy'

export type OptionSpec =
  | { readonly arguments: 0 | 1; readonly meaning: Meaning }
  /** Of no use to a profile. */
  | { readonly arguments: 0 | 1; readonly ignored: IgnoredReason }

const means = (meaning: Meaning, count: 0 | 1 = 1): OptionSpec => ({ arguments: count, meaning })
const ignored = (reason: IgnoredReason, count: 0 | 1): OptionSpec => ({ arguments: count, ignored: reason })

/** The options of mosquitto_sub(1) and mosquitto_pub(1) up to 2.0, by each of their names. */
const COMMON: Readonly<Record<string, OptionSpec>> = {
  '-h': means('host'), '--host': means('host'),
  '-p': means('port'), '--port': means('port'),
  '-u': means('username'), '--username': means('username'),
  '-P': means('password'), '--pw': means('password'),
  '-i': means('client-id'), '--id': means('client-id'),
  '-I': means('client-id-prefix'), '--id-prefix': means('client-id-prefix'),
  '-k': means('keepalive'), '--keepalive': means('keepalive'),
  '-c': means('persistent', 0), '--disable-clean-session': means('persistent', 0),
  '-V': means('version'), '--protocol-version': means('version'),
  '-q': means('qos'), '--qos': means('qos'),
  '-L': means('url'), '--url': means('url'),
  '-x': means('session-expiry'), '--session-expiry-interval': means('session-expiry'),
  '-D': means('property'), '--property': means('property'),
  '-t': means('topic'), '--topic': means('topic'),
  '--cafile': means('cafile'),
  '--cert': means('cert'),
  '--key': means('key'),
  '--insecure': means('insecure', 0),
  '--tls-version': means('tls-version'),
  '--tls-alpn': means('tls-alpn'),
  '--tls-use-os-certs': means('tls-use-os-certs', 0),
  '--will-topic': means('will-topic'),
  '--will-payload': means('will-payload'),
  '--will-qos': means('will-qos'),
  '--will-retain': means('will-retain', 0),
  '--unix': means('unix'),
  '--psk': means('psk'), '--psk-identity': means('psk'),
  '--capath': ignored('tls', 1), '--ciphers': ignored('tls', 1), '--keyform': ignored('tls', 1),
  '--tls-engine': ignored('tls', 1), '--tls-engine-kpass-sha1': ignored('tls', 1),
  '-A': ignored('network', 1), '-S': ignored('network', 0), '--nodelay': ignored('network', 0), '--proxy': means('proxy'),
  '-M': ignored('network', 1), '--max-inflight': ignored('network', 1),
  '-d': ignored('printing', 0), '--debug': ignored('printing', 0), '--quiet': ignored('printing', 0), '--help': ignored('printing', 0),
}

const SUB: Readonly<Record<string, OptionSpec>> = {
  '--retain-as-published': means('retain-as-published', 0),
  '-v': ignored('printing', 0), '--verbose': ignored('printing', 0), '-N': ignored('printing', 0), '-F': ignored('printing', 1),
  '--pretty': ignored('printing', 0), '-R': ignored('printing', 0), '-T': ignored('printing', 1), '--filter-out': ignored('printing', 1),
  '--random-filter': ignored('printing', 1), '--retained-only': ignored('printing', 0),
  '-C': ignored('ending', 1), '-E': ignored('ending', 0), '-W': ignored('ending', 1),
  '-U': ignored('publishing', 1), '--unsubscribe': ignored('publishing', 1), '--remove-retained': ignored('publishing', 0),
}

const PUB: Readonly<Record<string, OptionSpec>> = {
  '-t': ignored('publishing', 1), '--topic': ignored('publishing', 1), '-q': ignored('publishing', 1), '--qos': ignored('publishing', 1),
  '-m': ignored('publishing', 1), '--message': ignored('publishing', 1), '-f': ignored('publishing', 1), '--file': ignored('publishing', 1),
  '-l': ignored('publishing', 0), '--stdin-line': ignored('publishing', 0), '-n': ignored('publishing', 0),
  '--null-message': ignored('publishing', 0), '-s': ignored('publishing', 0), '--stdin-file': ignored('publishing', 0),
  '-r': ignored('publishing', 0), '--retain': ignored('publishing', 0),
  '--repeat': ignored('publishing', 1), '--repeat-delay': ignored('publishing', 1),
}

/** What an option means to this program; null when neither knows it. */
export function optionOf(program: 'sub' | 'pub', option: string): OptionSpec | null {
  const own = program === 'sub' ? SUB : PUB
  for (const table of [own, COMMON]) {
    if (Object.hasOwn(table, option)) return table[option] ?? null
  }
  return null
}
