import { generate } from 'mqtt-packet'
import type { RawClient } from './raw-broker'

const TICK_MS = 10

/** Packets encoded once, back to back, to be sent many times. */
export interface EncodedPackets {
  readonly bytes: Buffer
  /** Where each packet begins, and where the last ends: one more than there are packets. */
  readonly offsets: readonly number[]
}

/** One PUBLISH of QoS 0 for each message. */
export function encodePublishes(
  messages: Iterable<{ topic: string; payload: string | Uint8Array; retain?: boolean }>,
  protocolVersion: 4 | 5,
): EncodedPackets {
  const packets: Buffer[] = []
  const offsets = [0]
  let end = 0
  for (const { topic, payload, retain = false } of messages) {
    const packet = generate({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain, dup: false }, { protocolVersion })
    packets.push(packet)
    end += packet.byteLength
    offsets.push(end)
  }
  return { bytes: Buffer.concat(packets), offsets }
}

export interface Flood {
  /** Packets written so far. */
  readonly sent: number
  /** Ends it; how many packets were written in all. */
  stop(): number
}

/** Sends the packets round and round, `perSecond` of them, as evenly as timers allow. */
export function flood(client: RawClient, { bytes, offsets }: EncodedPackets, perSecond: number): Flood {
  const count = offsets.length - 1
  const startedMs = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedMs) * perSecond) / 1_000)
    while (sent < due && client.isConnected()) {
      const from = sent % count
      const to = Math.min(count, from + due - sent)
      client.write(bytes.subarray(offsets[from], offsets[to]))
      sent += to - from
    }
  }, TICK_MS)
  return {
    get sent() {
      return sent
    },
    stop() {
      clearInterval(timer)
      return sent
    },
  }
}
