import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer } from 'node:tls'
import { WebSocketServer } from 'ws'
import { makeAuthority } from '../../support/certificates'
import { encodeCycle, framingOf, type PacketCycle, type Traffic } from '../traffic/publish-stream'
import type { Place, Transport } from '../traffic/places'
import type { BlasterApi } from './blaster-api'
import { BlasterClient } from './blaster-client'
import { serve } from './calls'

const ROUNDS = [0, 1]

let traffic: Traffic | null = null
let transport: Transport = 'tcp'
let cycles = new Map<string, PacketCycle>()
const clients: BlasterClient[] = []
let newest: number | null = null
let tellSubscribed: ((client: number) => void) | null = null

function cycleOf(protocolLevel: number, round: number): PacketCycle {
  const key = `${transport} ${protocolLevel} ${round}`
  if (traffic === null) throw new Error('nothing is prepared')
  const cycle = cycles.get(key) ?? encodeCycle(traffic, protocolLevel, framingOf(transport), round)
  cycles.set(key, cycle)
  return cycle
}

function subscribed(newClient: BlasterClient): void {
  // Encoding a million packets takes seconds, which belong to no measurement.
  for (const round of ROUNDS) cycleOf(newClient.protocolLevel, round)
  newest = clients.push(newClient) - 1
  tellSubscribed?.(newest)
}

function takePlain(socket: Duplex): void {
  const newClient = new BlasterClient(socket, (bytes) => socket.write(bytes), subscribed)
  socket.on('data', (bytes: Buffer) => newClient.hear(bytes))
}

function takeWebSockets(server: Parameters<typeof createWebSocketServer>[0]): void {
  createWebSocketServer(server).on('connection', (webSocket, request) => {
    const { socket } = request
    socket.setNoDelay(true)
    const newClient = new BlasterClient(socket, (bytes) => webSocket.send(bytes), subscribed)
    webSocket.on('message', (data) => newClient.hear(data as Buffer))
    webSocket.on('error', () => undefined)
  })
}

function createWebSocketServer(server: ReturnType<typeof createHttpServer> | ReturnType<typeof createHttpsServer>): WebSocketServer {
  return new WebSocketServer({ server, perMessageDeflate: false })
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

async function open(): Promise<{ authority: string; ports: Record<Transport, number> }> {
  const authority = await makeAuthority('Bench CA')
  const { certificate: cert, key } = await authority.issue({ commonName: 'blaster', addresses: ['127.0.0.1'] })
  const http = createHttpServer()
  const https = createHttpsServer({ cert, key })
  takeWebSockets(http)
  takeWebSockets(https)
  const ws = await listen(http)
  const ports = {
    tcp: await listen(createServer({ noDelay: true }, takePlain)),
    tls: await listen(createTlsServer({ cert, key, noDelay: true }, takePlain)),
    ws,
    'ws-batched': ws,
    'wss-batched': await listen(https),
  }
  return { authority: authority.certificate, ports }
}

const opened = open()

serve({
  async prepare(plan): Promise<Place> {
    if (JSON.stringify(plan.traffic) !== JSON.stringify(traffic)) cycles = new Map()
    traffic = plan.traffic
    transport = plan.transport
    newest = null
    const { authority, ports } = await opened
    return { transport, port: ports[transport], authority }
  },
  subscribed: () => new Promise((resolve) => (newest === null ? (tellSubscribed = resolve) : resolve(newest))),
  blast(blast) {
    const client = clients[blast.client]
    if (client === undefined) throw new Error(`there is no client ${blast.client}`)
    return client.blast(cycleOf(client.protocolLevel, blast.round), blast)
  },
} satisfies BlasterApi)
