import { connect, type Socket } from 'node:net'
import { generate, parser, type IConnackPacket, type IPublishPacket, type Packet } from 'mqtt-packet'

const LIMIT_MS = 15_000

export interface RawClientOptions {
  readonly port: number
  readonly clientId: string
  readonly username?: string | undefined
  readonly password?: string | undefined
}

/** A client of MQTT 5.0 that shows every reason code as it comes, and sends many packets at once. */
export class RawClient {
  readonly received: IPublishPacket[] = []
  private readonly socket: Socket
  private readonly waiting = new Map<string, (packet: Packet) => void>()
  private lastId = 0
  private readonly ended: Promise<never>

  /** Resolves with what the broker answered to CONNECT; the client is of use if that is 0. */
  static async open(options: RawClientOptions): Promise<{ readonly client: RawClient; readonly reasonCode: number }> {
    const client = new RawClient(options.port)
    const { clientId, username, password } = options
    const credentials = { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password: Buffer.from(password) }) }
    const answer = client.answerTo('connack')
    client.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId, clean: true, keepalive: 60, ...credentials })
    const { reasonCode = 0 } = (await answer) as IConnackPacket
    return { client, reasonCode }
  }

  private constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setNoDelay(true)
    const packets = parser({ protocolVersion: 5 })
    packets.on('packet', (packet) => this.take(packet))
    this.socket.on('data', (bytes) => packets.parse(bytes))
    this.ended = new Promise((_resolve, reject) => {
      this.socket.once('error', reject)
      this.socket.once('close', () => reject(new Error('the broker closed the connection')))
    })
    this.ended.catch(() => undefined)
  }

  /** Reason code of SUBACK. */
  async subscribe(filter: string): Promise<number> {
    const messageId = this.nextId()
    const answer = this.answerTo(`suback ${messageId}`)
    this.send({ cmd: 'subscribe', messageId, subscriptions: [{ topic: filter, qos: 0 }] })
    return codeOf(await answer)
  }

  /** Reason code of UNSUBACK. */
  async unsubscribe(filter: string): Promise<number> {
    const messageId = this.nextId()
    const answer = this.answerTo(`unsuback ${messageId}`)
    this.send({ cmd: 'unsubscribe', messageId, unsubscriptions: [filter] })
    return codeOf(await answer)
  }

  /** Reason code of PUBACK. */
  async publish(topic: string, payload = ''): Promise<number> {
    const messageId = this.nextId()
    const answer = this.answerTo(`puback ${messageId}`)
    this.send({ cmd: 'publish', messageId, topic, payload, qos: 1, dup: false, retain: false })
    return codeOf(await answer)
  }

  /** Resolves once a message with this payload has come. */
  async waitFor(payload: string): Promise<void> {
    if (!this.received.some((message) => message.payload.toString() === payload)) await this.answerTo(`payload ${payload}`)
  }

  close(): void {
    this.socket.destroy()
  }

  private nextId(): number {
    this.lastId = (this.lastId % 65_535) + 1
    return this.lastId
  }

  private send(packet: Packet): void {
    this.socket.write(generate(packet, { protocolVersion: 5 }))
  }

  private async answerTo(key: string): Promise<Packet> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`waited ${LIMIT_MS} ms in vain for ${key}`)), LIMIT_MS)
    })
    try {
      return await Promise.race([new Promise<Packet>((resolve) => this.waiting.set(key, resolve)), this.ended, late])
    } finally {
      clearTimeout(timer)
      this.waiting.delete(key)
    }
  }

  private take(packet: Packet): void {
    const id = packet.messageId === undefined ? '' : ` ${packet.messageId}`
    if (packet.cmd === 'publish') {
      this.received.push(packet)
      this.waiting.get(`payload ${packet.payload.toString()}`)?.(packet)
    } else {
      this.waiting.get(`${packet.cmd}${id}`)?.(packet)
    }
  }
}

function codeOf(packet: Packet): number {
  if (packet.cmd === 'suback' || packet.cmd === 'unsuback') return Number(packet.granted[0] ?? 0)
  return 'reasonCode' in packet ? (packet.reasonCode ?? 0) : 0
}
