import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Duplex } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTransport } from '../../src-main/engine/connection/transport'
import { useBrokerBench } from '../support/broker-bench'
import { makeAuthority, type Authority, type Identity } from '../support/certificates'
import { connectionConfig, tlsConfig } from '../support/engine-driver'
import { waitUntil } from '../support/wait-until'

// Sockets of our own read straight into memory of the engine. A real one each, against a server that does as it is told.

const ROOM_BYTES = 10_000

const bench = useBrokerBench()
let authority: Authority
let identity: Identity

beforeAll(async () => {
  authority = await makeAuthority()
  identity = await authority.issue({ commonName: 'localhost', dnsNames: ['localhost'] })
})

async function listen(server: Server): Promise<number> {
  // The name stands for ::1 too, where nobody listens.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  bench.atEnd(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A connection, the server's end of it, and what it reads into rooms that are new each time. */
async function connect(protocol: 'mqtt' | 'mqtts', filled?: (stream: Duplex) => void) {
  const accepted: Socket[] = []
  const take = (socket: Socket): void => void accepted.push(socket.on('error', () => undefined))
  const server = protocol === 'mqtt' ? createServer(take) : createTlsServer({ cert: identity.certificate, key: identity.key }, take)
  const cables: Socket[] = []
  server.on('connection', (socket: Socket) => cables.push(socket))
  const port = await listen(server)
  let room = new Uint8Array()
  const read: Buffer[] = []
  const heard: string[] = []
  const reader = {
    room: () => (room = new Uint8Array(ROOM_BYTES)),
    filled: (count: number) => {
      read.push(Buffer.from(room.subarray(0, count)))
      filled?.(stream)
    },
  }
  const config = connectionConfig(port, { protocol, host: 'localhost', tls: protocol === 'mqtt' ? null : tlsConfig([authority]) })
  const stream: Duplex = openTransport(config, reader, () => undefined)
  bench.atEnd(() => stream.destroy())
  for (const event of ['connect', 'secureConnect', 'end', 'close']) stream.on(event, () => heard.push(event))
  stream.on('error', () => heard.push('error'))
  stream.on('data', () => heard.push('data'))
  const peer = await waitUntil(() => accepted[0], { what: () => `the connection; heard ${heard.join()}` })
  bench.atEnd(() => peer.destroy())
  return { stream, peer, cut: () => cables[0]?.resetAndDestroy(), heard, read, bytes: () => Buffer.concat(read) }
}

describe.each(['mqtt', 'mqtts'] as const)('%s', (protocol) => {
  it('fills room after room with what comes, in order, and emits none of it', async () => {
    const { peer, heard, read, bytes } = await connect(protocol)
    const sent = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
    for (const at of [0, 1, 2, 50_000, 50_001]) peer.write(sent.subarray(at, at === 50_001 ? sent.length : at === 2 ? 50_000 : at === 50_000 ? 50_001 : at + 1))
    await waitUntil(() => bytes().length === sent.length, { what: () => `${bytes().length} of ${sent.length} bytes` })
    expect(bytes().equals(sent)).toBe(true)
    expect(read.length).toBeGreaterThan(sent.length / ROOM_BYTES - 1)
    expect(heard).toEqual(protocol === 'mqtt' ? ['connect'] : ['connect', 'secureConnect'])
  })

  it('reads no more while it is paused, and all of it then', async () => {
    const { stream, peer, bytes } = await connect(protocol)
    peer.write('first')
    await waitUntil(() => bytes().toString() === 'first', { what: () => bytes().toString() })
    stream.pause()
    const flood = Buffer.alloc(32 * 1024 * 1024, 1)
    const taken = new Promise((resolve) => peer.write(flood, resolve))
    await waitUntil(() => peer.writableNeedDrain, { what: 'the network to be full' })
    // It writes on, to somebody who does not read.
    const other = await connect(protocol)
    other.peer.write('other')
    await waitUntil(() => other.bytes().toString() === 'other', { what: 'another connection' })
    expect(bytes().toString()).toBe('first')
    stream.resume()
    await taken
    await waitUntil(() => bytes().length === 5 + flood.length, { what: () => `${bytes().length} bytes` })
  })

  it('may be paused in the middle of it', async () => {
    const { peer, bytes } = await connect(protocol, (stream) => {
      stream.pause()
      setImmediate(() => stream.resume())
    })
    peer.write(Buffer.alloc(500_000, 7))
    await waitUntil(() => bytes().length === 500_000, { what: () => `${bytes().length} bytes` })
  })

  it('ends as the server does', async () => {
    const { peer, heard, bytes } = await connect(protocol)
    peer.end('bye')
    await waitUntil(() => heard.includes('close'), { what: () => heard.join() })
    expect(bytes().toString()).toBe('bye')
    expect(heard.slice(-2)).toEqual(['end', 'close'])
  })

  it('fails as the network does', async () => {
    const { cut, heard } = await connect(protocol)
    await waitUntil(() => heard.includes(protocol === 'mqtt' ? 'connect' : 'secureConnect'), { what: () => heard.join() })
    cut()
    await waitUntil(() => heard.includes('close'), { what: () => heard.join() })
    expect(heard.slice(-2)).toEqual(['error', 'close'])
  })
})
