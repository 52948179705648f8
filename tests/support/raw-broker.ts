import { createServer, type Socket } from 'node:net'
import {
  generate,
  parser,
  type IConnackPacket,
  type IConnectPacket,
  type IPublishPacket,
  type IPubrelPacket,
  type ISubscribePacket,
  type Packet,
} from 'mqtt-packet'

/** What the broker does with a CONNECT. */
export type ConnectAnswer =
  | { kind: 'accept'; sessionPresent?: boolean; properties?: NonNullable<IConnackPacket['properties']> }
  /** CONNACK with this code, then the end. `as` writes it as a broker of that version would, whatever was asked for. */
  | { kind: 'refuse'; code: number; as?: '5.0' | '3.1.1'; reasonString?: string }
  /** Hangs up without a word. */
  | { kind: 'close' }
  /** Cuts the connection off (TCP RST). */
  | { kind: 'reset' }
  /** Takes the connection and never answers. */
  | { kind: 'silent' }
  /** Sends these bytes as they are, e.g. those of a web server. */
  | { kind: 'bytes'; bytes: Uint8Array | string; thenClose?: boolean }

export interface RawBrokerOptions {
  /** Default: a free one. */
  port?: number
  /** Default: accepts. `attempt` counts the CONNECTs from 1. */
  onConnect?: ConnectAnswer | ((connect: IConnectPacket, attempt: number) => ConnectAnswer)
  /** The SUBACK's code for each filter. Default: grants what was asked for. Null: no answer. */
  onSubscribe?: (subscribe: ISubscribePacket, client: RawClient) => readonly number[] | null
  /** The reason code of PUBACK or PUBREC. Default: 0. Null: no answer. */
  onPublish?: (publish: IPublishPacket, client: RawClient) => number | null
  /** Whether PUBREL is answered. Default: yes. */
  onRelease?: (pubrel: IPubrelPacket, client: RawClient) => boolean
  /** Whether PUBREC is answered. Default: yes. */
  answersReceived?: boolean
  /** Whether PINGREQ is answered. Default: yes. */
  answersPings?: boolean
  /** Hears each packet once it is answered; `packets` stays empty then, as a long run would fill the memory with them. */
  hears?: (packet: Packet, client: RawClient) => void
}

export interface RawClient {
  readonly connect: IConnectPacket
  /** All packets it sent, CONNECT first. */
  readonly packets: readonly Packet[]
  /** Bytes written that wait in this process. */
  readonly unsentBytes: number
  isConnected(): boolean
  send(packet: Packet): void
  /** A PUBLISH with QoS 0 unless said otherwise. */
  publish(topic: string, payload: Uint8Array | string, more?: Partial<IPublishPacket>): void
  /** MQTT 5.0: DISCONNECT with a reason, then the end. */
  disconnect(reasonCode: number, properties?: { reasonString?: string; serverReference?: string }): void
  write(bytes: Uint8Array | string): void
  /** Ends the connection: politely, or as a broken cable would (`reset`). */
  close(how?: 'end' | 'reset'): void
}

export interface RawBroker {
  readonly port: number
  /** `mqtt://127.0.0.1:<port>` */
  readonly url: string
  /** Every CONNECT that came, in order; their number is the number of attempts. */
  readonly connects: readonly IConnectPacket[]
  /** Network connections so far, those without a CONNECT too. */
  readonly sockets: number
  /** Clients that were accepted, oldest first, gone ones too. */
  readonly clients: readonly RawClient[]
  /** Changes what happens from now on. */
  behave(options: Omit<RawBrokerOptions, 'port'>): void
  /** Cuts all connections and frees the port. */
  close(): Promise<void>
}

const VERSIONS = { '5.0': 5, '3.1.1': 4 } as const

/** One network connection of the scripted broker. */
class Conversation implements RawClient {
  readonly packets: Packet[] = []
  connect: IConnectPacket = { cmd: 'connect', clientId: '', protocolVersion: 4 }

  constructor(private readonly socket: Socket) {}

  get unsentBytes(): number {
    return this.socket.writableLength
  }

  isConnected(): boolean {
    return !this.socket.destroyed
  }

  send(packet: Packet, version: 3 | 4 | 5 = this.connect.protocolVersion ?? 4): void {
    this.write(generate(packet, { protocolVersion: version }))
  }

  publish(topic: string, payload: Uint8Array | string, more: Partial<IPublishPacket> = {}): void {
    this.send({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false, ...more })
  }

  disconnect(reasonCode: number, properties: { reasonString?: string; serverReference?: string } = {}): void {
    this.send({ cmd: 'disconnect', reasonCode, properties })
    this.close()
  }

  write(bytes: Uint8Array | string): void {
    // A write after the end would tear down what the client has yet to read.
    if (this.socket.writable) this.socket.write(bytes)
  }

  close(how: 'end' | 'reset' = 'end'): void {
    if (how === 'reset') this.socket.resetAndDestroy()
    else this.socket.end()
  }
}

function refuse(client: Conversation, { code, as, reasonString }: Extract<ConnectAnswer, { kind: 'refuse' }>): void {
  const version = as === undefined ? (client.connect.protocolVersion ?? 4) : VERSIONS[as]
  const properties = reasonString === undefined ? {} : { reasonString }
  const answer = version === 5 ? { reasonCode: code, properties } : { returnCode: code }
  client.send({ cmd: 'connack', sessionPresent: false, ...answer }, version)
  client.close()
}

/**
 * A broker that does what a test tells it to, for what a real one cannot be made to do.
 * It routes nothing: what clients receive is what the test sends them.
 */
export async function startRawBroker(options: RawBrokerOptions = {}): Promise<RawBroker> {
  let behaviour: RawBrokerOptions = options
  const connects: IConnectPacket[] = []
  const clients: Conversation[] = []
  const open = new Set<Socket>()
  let sockets = 0

  function answerConnect(client: Conversation, connect: IConnectPacket): void {
    client.connect = connect
    connects.push(connect)
    const { onConnect = { kind: 'accept' } } = behaviour
    const answer = typeof onConnect === 'function' ? onConnect(connect, connects.length) : onConnect
    switch (answer.kind) {
      case 'accept': {
        const { sessionPresent = false, properties } = answer
        clients.push(client)
        client.send(
          connect.protocolVersion === 5
            ? { cmd: 'connack', reasonCode: 0, sessionPresent, ...(properties && { properties }) }
            : { cmd: 'connack', returnCode: 0, sessionPresent },
        )
        return
      }
      case 'refuse':
        refuse(client, answer)
        return
      case 'close':
      case 'reset':
        client.close(answer.kind === 'close' ? 'end' : 'reset')
        return
      case 'silent':
        return
      case 'bytes':
        client.write(answer.bytes)
        if (answer.thenClose === true) client.close()
    }
  }

  function take(client: Conversation, packet: Packet): void {
    const { hears } = behaviour
    if (hears === undefined) client.packets.push(packet)
    answer(client, packet)
    hears?.(packet, client)
  }

  function answer(client: Conversation, packet: Packet): void {
    const messageId = packet.messageId ?? 0
    switch (packet.cmd) {
      case 'connect':
        answerConnect(client, packet)
        return
      case 'subscribe': {
        const granted = behaviour.onSubscribe
          ? behaviour.onSubscribe(packet, client)
          : packet.subscriptions.map(({ qos }) => qos)
        if (granted !== null) client.send({ cmd: 'suback', messageId, granted: [...granted] })
        return
      }
      case 'unsubscribe':
        client.send({ cmd: 'unsuback', messageId, granted: packet.unsubscriptions.map(() => 0) })
        return
      case 'publish': {
        const reasonCode = behaviour.onPublish ? behaviour.onPublish(packet, client) : 0
        if (packet.qos === 0 || reasonCode === null) return
        client.send({ cmd: packet.qos === 1 ? 'puback' : 'pubrec', messageId, reasonCode })
        return
      }
      case 'pubrec':
        if (behaviour.answersReceived !== false) client.send({ cmd: 'pubrel', messageId, reasonCode: 0 })
        return
      case 'pubrel':
        if (behaviour.onRelease?.(packet, client) === false) return
        client.send({ cmd: 'pubcomp', messageId, reasonCode: 0 })
        return
      case 'pingreq':
        if (behaviour.answersPings !== false) client.send({ cmd: 'pingresp' })
        return
      default: // acknowledgements, DISCONNECT, AUTH: noted, not answered
    }
  }

  const server = createServer((socket) => {
    sockets += 1
    open.add(socket)
    const client = new Conversation(socket)
    const packets = parser()
    packets.on('packet', (packet) => { take(client, packet) })
    packets.on('error', () => socket.destroy())
    socket.on('data', (bytes) => packets.parse(bytes))
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')

  return {
    port: address.port,
    url: `mqtt://127.0.0.1:${address.port}`,
    connects,
    get sockets() {
      return sockets
    },
    clients,
    behave(next) {
      behaviour = { ...behaviour, ...next }
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
