import { createConnection } from 'node:net'
import { generate, parser, type IConnackPacket, type IPubackPacket, type IPublishPacket, type Packet } from 'mqtt-packet'

/** A client of MQTT 5 on a socket of an `AclBroker`, as fast as the wire. */
export interface AclClient {
  /** The reason code of PUBACK. */
  publish(topic: string, payload: string): Promise<number>
  subscribe(filters: readonly string[]): Promise<void>
  /** What came so far. The broker has sent all that it was given before. */
  received(): Promise<readonly IPublishPacket[]>
  close(): void
}

const WAIT_MS = 15_000

/** Connects. `username` null: anonymous. */
export async function connectAclClient(path: string, clientId: string, username: string | null): Promise<AclClient> {
  const socket = createConnection(path)
  const incoming: IPublishPacket[] = []
  const waiting = new Map<string, (packet: Packet) => void>()
  let lastId = 0
  let lastSent = ''
  let fail: (error: Error) => void = () => undefined
  const failure = new Promise<never>((_resolve, reject) => { fail = reject })
  failure.catch(() => undefined)

  const packets = parser({ protocolVersion: 5 })
  packets.on('packet', (packet) => {
    if (packet.cmd === 'publish') {
      incoming.push(packet)
      return
    }
    const key = keyOf(packet.cmd, packet.messageId)
    waiting.get(key)?.(packet)
    waiting.delete(key)
  })
  socket.on('data', (bytes) => packets.parse(bytes))
  // What it means is told by `close`, which comes once all that the broker sent is read.
  socket.on('error', () => undefined)
  socket.on('close', () => { fail(new Error(`the broker hung up on "${clientId}" (${String(username)}) behind ${lastSent}`)) })

  const answer = (cmd: Packet['cmd'], messageId?: number): Promise<Packet> =>
    new Promise((resolve) => { waiting.set(keyOf(cmd, messageId), resolve) })
  const send = (packet: Packet): void => {
    lastSent = JSON.stringify(packet)
    if (socket.writable) socket.write(generate(packet, { protocolVersion: 5 }))
  }
  const nextId = (): number => (lastId += 1)
  const inTime = <Value>(promise: Promise<Value>): Promise<Value> => withinTime(Promise.race([promise, failure]), clientId)

  const connected = answer('connack')
  send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId, clean: true, keepalive: 0, ...(username !== null && { username }) })
  const { reasonCode } = (await inTime(connected)) as IConnackPacket
  if (reasonCode !== 0) throw new Error(`"${clientId}" was refused with ${String(reasonCode)}`)

  return {
    async publish(topic, payload) {
      const messageId = nextId()
      const came = answer('puback', messageId)
      send({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false, messageId })
      return ((await inTime(came)) as IPubackPacket).reasonCode ?? 0
    },
    async subscribe(filters) {
      const messageId = nextId()
      const came = answer('suback', messageId)
      send({ cmd: 'subscribe', messageId, subscriptions: filters.map((topic) => ({ topic, qos: 1 })) })
      await inTime(came)
    },
    async received() {
      const came = answer('pingresp')
      send({ cmd: 'pingreq' })
      await inTime(came)
      return incoming
    },
    close: () => { socket.destroy() },
  }
}

const keyOf = (cmd: string, messageId: number | undefined): string => `${cmd} ${messageId ?? ''}`

async function withinTime<Value>(promise: Promise<Value>, clientId: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new Error(`the broker did not answer "${clientId}"`)) }, WAIT_MS)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
