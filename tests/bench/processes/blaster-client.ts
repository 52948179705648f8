import type { Duplex } from 'node:stream'
import { generate, parser, type Packet } from 'mqtt-packet'
import { PACKETS_A_FRAME, type PacketCycle } from '../traffic/publish-stream'
import type { Blast } from './blaster-api'
import { machineMs } from './calls'

/** Enough for the system never to wait for us, little enough to stay in the processor's cache. */
const CHUNK_BYTES = 512 * 1024
const PACE_MS = 1

/** One client of the blaster: answers what it must, and floods it. */
export class BlasterClient {
  protocolLevel = 4
  readonly #parser = parser()
  /** By round: where in the cycle the next blast begins. */
  readonly #positions = new Map<number, number>()

  /** `answer` sends a packet the way the transport wants it; `socket` takes the flood, encoded for the transport. */
  constructor(
    private readonly socket: Duplex,
    private readonly answer: (bytes: Buffer) => void,
    private readonly subscribed: (client: BlasterClient) => void,
  ) {
    this.#parser.on('packet', (packet) => this.#take(packet))
    socket.on('error', () => undefined)
  }

  hear(bytes: Buffer): void {
    this.#parser.parse(bytes)
  }

  /** Resolves with the time of the first byte when the last one is with the system. */
  async blast(cycle: PacketCycle, { messages, perSecond, round }: Blast): Promise<number> {
    const startedAtMs = machineMs()
    for (let sent = 0; sent < messages; ) {
      const seconds = (machineMs() - startedAtMs) / 1_000
      const due = perSecond === null ? messages : Math.min(messages, wholeFrames(seconds * perSecond))
      if (due > sent) sent += await this.#write(cycle, round, due - sent)
      else await new Promise((resolve) => setTimeout(resolve, PACE_MS))
    }
    return startedAtMs
  }

  /** Writes up to a chunk; how many messages that was. */
  async #write({ bytes, unitBytes, unitPackets }: PacketCycle, round: number, messages: number): Promise<number> {
    const start = this.#positions.get(round) ?? 0
    const units = Math.min(Math.floor(CHUNK_BYTES / unitBytes), messages / unitPackets)
    const end = Math.min(bytes.length, start + units * unitBytes)
    this.#positions.set(round, end === bytes.length ? 0 : end)
    await new Promise<void>((resolve, reject) => {
      this.socket.write(bytes.subarray(start, end), (error) => (error ? reject(error) : resolve()))
    })
    return ((end - start) / unitBytes) * unitPackets
  }

  #take(packet: Packet): void {
    const messageId = packet.messageId ?? 0
    switch (packet.cmd) {
      case 'connect':
        this.protocolLevel = packet.protocolVersion ?? 4
        this.#send({ cmd: 'connack', sessionPresent: false, reasonCode: 0, returnCode: 0 })
        return
      case 'subscribe':
        this.#send({ cmd: 'suback', messageId, granted: packet.subscriptions.map(() => 0) })
        this.subscribed(this)
        return
      case 'unsubscribe':
        this.#send({ cmd: 'unsuback', messageId, granted: packet.unsubscriptions.map(() => 0) })
        return
      case 'pingreq':
        this.#send({ cmd: 'pingresp' })
        return
      default: // nothing else asks for an answer
    }
  }

  #send(packet: Packet): void {
    if (!this.socket.destroyed) this.answer(generate(packet, { protocolVersion: this.protocolLevel }))
  }
}

function wholeFrames(messages: number): number {
  return Math.floor(messages / PACKETS_A_FRAME) * PACKETS_A_FRAME
}
