import { connect, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Identity } from './certificates'

/** How a proxy of a test behaves. Without any of these it connects everybody to where they ask. */
export interface ProxyOptions {
  /** Who must sign in. */
  user?: { name: string; password: string }
  /** Refuses every target: a reply code of SOCKS5 (RFC 1928, section 6), or a status of HTTP. */
  refusal?: number
  /** Answers the first bytes with these, instead of as a proxy. */
  garbage?: string | Uint8Array
  /** Takes the connection, and then: says nothing, or hangs up at the first bytes. */
  silence?: 'hang' | 'close'
  /** Speaks TLS to its clients, with this certificate. */
  identity?: Identity
  /** Where host names lead: the only name service is the proxy's. */
  names?: Readonly<Record<string, string>>
}

export interface TestProxy {
  readonly port: number
  /** What was asked for, as `broker.example:1883`, refused ones too. */
  readonly targets: readonly string[]
  /** Connections so far, those without a request too. */
  readonly connections: number
  /** Connections that are open now. */
  readonly open: number
  close(): Promise<void>
}

/** What a client asked for, once that is known; `answer` tells it what came of it. */
interface Asked {
  readonly host: string
  readonly port: number
  readonly answer: (granted: boolean) => Uint8Array | string
}

/** Speaks to one client: takes its bytes, and gives those to answer, what it asks for, or nothing yet. */
type Protocol = (bytes: Buffer) => { reply: Uint8Array | string; end?: boolean } | Asked | null

async function startProxy(options: ProxyOptions, speak: () => Protocol): Promise<TestProxy> {
  const targets: string[] = []
  const open = new Set<Socket>()
  let connections = 0

  function serve(client: Socket): void {
    const protocol = speak()
    client.on('data', function listen(bytes) {
      if (options.silence === 'hang') return
      if (options.silence === 'close') return void client.end()
      if (options.garbage !== undefined) return void client.write(options.garbage)
      const said = protocol(bytes)
      if (said === null) return
      if ('reply' in said) {
        client.write(said.reply)
        if (said.end === true) client.end()
        return
      }
      client.off('data', listen)
      goOn(client, said)
    })
  }

  function goOn(client: Socket, { host, port, answer }: Asked): void {
    targets.push(`${host}:${port}`)
    if (options.refusal !== undefined) return void client.end(answer(false))
    const onward = connect(port, options.names?.[host] ?? host)
    open.add(onward)
    onward.once('connect', () => {
      client.write(answer(true))
      client.pipe(onward).pipe(client)
    })
    onward.on('error', () => client.end(answer(false)))
    onward.on('close', () => {
      open.delete(onward)
      client.destroy()
    })
    client.on('close', () => onward.destroy())
  }

  function welcome(client: Socket): void {
    connections += 1
    open.add(client)
    client.on('error', () => undefined)
    client.on('close', () => open.delete(client))
    serve(client)
  }

  const { identity } = options
  const server =
    identity === undefined ? createServer(welcome) : createTlsServer({ cert: identity.certificate, key: identity.key }, welcome)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    port: address.port,
    targets,
    get connections() {
      return connections
    },
    get open() {
      return open.size
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** Starts an HTTP proxy that knows CONNECT (RFC 9110, section 9.3.6) and Basic authentication. */
export function startHttpProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  return startProxy(options, () => {
    let head = ''
    return (bytes) => {
      head += bytes.toString('latin1')
      if (!head.includes('\r\n\r\n')) return null
      const match = /^CONNECT (\S+):(\d+) HTTP\/1\.1\r\n/.exec(head)
      if (match === null) return { reply: 'HTTP/1.1 400 Bad Request\r\n\r\n', end: true }
      const { user } = options
      const wanted = user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`
      if (wanted !== undefined && /^Proxy-Authorization: (.*)\r$/im.exec(head)?.[1] !== wanted) {
        return { reply: 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n', end: true }
      }
      return {
        host: (match[1] ?? '').replace(/^\[|\]$/g, ''),
        port: Number(match[2]),
        answer: (granted) => (granted ? 'HTTP/1.1 200 Connection established\r\n\r\n' : `HTTP/1.1 ${options.refusal ?? 502} Refused\r\n\r\n`),
      }
    }
  })
}

/** Starts a SOCKS5 proxy (RFC 1928) that knows names and passwords (RFC 1929). */
export function startSocksProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  return startProxy(options, () => {
    let stage: 'greeting' | 'password' | 'request' = 'greeting'
    return (bytes) => {
      switch (stage) {
        case 'greeting': {
          const method = options.user === undefined ? 0 : 2
          if (!bytes.subarray(2).includes(method)) return { reply: Uint8Array.of(5, 0xff), end: true }
          stage = method === 0 ? 'request' : 'password'
          return { reply: Uint8Array.of(5, method) }
        }
        case 'password': {
          const nameEnd = 2 + (bytes[1] ?? 0)
          const name = bytes.subarray(2, nameEnd).toString()
          const password = bytes.subarray(nameEnd + 1).toString()
          const isRight = name === options.user?.name && password === options.user.password
          stage = 'request'
          return { reply: Uint8Array.of(1, isRight ? 0 : 1), end: !isRight }
        }
        case 'request':
          return {
            ...socksTarget(bytes),
            answer: (granted) => Uint8Array.of(5, granted ? 0 : (options.refusal ?? 5), 0, 1, 0, 0, 0, 0, 0, 0),
          }
      }
    }
  })
}

/** Starts a SOCKS4 proxy that looks up names (SOCKS 4A). */
export function startSocks4Proxy(options: ProxyOptions = {}): Promise<TestProxy> {
  return startProxy(options, () => (bytes) => {
    const [host = ''] = bytes.subarray(8).toString().split('\0').slice(1)
    return {
      host: bytes.readUInt32BE(4) < 256 ? host : bytes.subarray(4, 8).join('.'),
      port: bytes.readUInt16BE(2),
      answer: (granted) => Uint8Array.of(0, granted ? 90 : (options.refusal ?? 91), 0, 0, 0, 0, 0, 0),
    }
  })
}

function socksTarget(bytes: Buffer): { host: string; port: number } {
  const port = bytes.readUInt16BE(bytes.length - 2)
  const address = bytes.subarray(4, bytes.length - 2)
  switch (bytes[3]) {
    case 1:
      return { host: address.join('.'), port }
    case 3:
      return { host: address.subarray(1).toString(), port }
    case 4:
      return { host: (address.toString('hex').match(/.{4}/g) ?? []).map((part) => part.replace(/^0{1,3}/, '')).join(':'), port }
    default:
      throw new Error(`address type ${bytes[3]}`)
  }
}
