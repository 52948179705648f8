import type { QoS } from '@shared/mqtt/qos'
import { PacketType } from './packet-type'

const FIRST_BYTES = 256
const NOTHING = Buffer.alloc(0)

/** A stand-in's topic: any legal one. */
const TOPIC = 0x2e

/**
 * Gathers what MQTT.js is to read of one chunk: packets, copied out of the inlet, and in place of each message that it must
 * acknowledge a *stand-in*, which has its QoS and packet identifier, and nothing else.
 */
export class ClientFeed {
  #bytes = NOTHING
  #length = 0

  constructor(private readonly version: 4 | 5) {}

  add(bytes: Uint8Array, start: number, end: number): void {
    const to = this.#room(end - start)
    to.set(bytes.subarray(start, end), this.#length)
    this.#length += end - start
  }

  addStandIn(qos: QoS, packetIdentifier: number): void {
    const propertyBytes = this.version === 5 ? 1 : 0
    const to = this.#room(7 + propertyBytes)
    let at = this.#length
    to[at++] = (PacketType.PUBLISH << 4) | (qos << 1)
    to[at++] = 5 + propertyBytes
    to[at++] = 0
    to[at++] = 1
    to[at++] = TOPIC
    to[at++] = packetIdentifier >> 8
    to[at++] = packetIdentifier & 0xff
    if (propertyBytes > 0) to[at++] = 0
    this.#length = at
  }

  /** Hands over what was gathered. */
  take(): Buffer {
    if (this.#length === 0) return NOTHING
    const bytes = this.#bytes.subarray(0, this.#length)
    this.#bytes = NOTHING
    this.#length = 0
    return bytes
  }

  #room(count: number): Buffer {
    const needed = this.#length + count
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, FIRST_BYTES, 2 * this.#length))
      this.#bytes.copy(grown, 0, 0, this.#length)
      this.#bytes = grown
    }
    return this.#bytes
  }
}
