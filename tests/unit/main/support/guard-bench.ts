import { generate, type IPublishPacket, type Packet } from 'mqtt-packet'
import { vi } from 'vitest'
import { GuardedStream } from '../../../../src-main/engine/wire/guarded-stream'
import type { WireTap } from '../../../../src-main/engine/wire/wire-tap'
import { FakeNetwork } from './fake-network'
import { ListeningTap } from './listening-tap'
import { NaiveIntake } from './naive-intake'

export function bytesOf(packet: Packet, protocolVersion: 4 | 5 = 5): Buffer {
  return generate(packet, { protocolVersion })
}

export const CONNACK = bytesOf({ cmd: 'connack', reasonCode: 0, sessionPresent: false })
export const PINGRESP = bytesOf({ cmd: 'pingresp' })

export function publish(topic: string, more: Partial<IPublishPacket> = {}): Buffer {
  return bytesOf({ cmd: 'publish', topic, payload: 'x', qos: 0, retain: false, dup: false, ...more })
}

/** A PUBLISH on a topic that the library would not write. */
export function publishOn(topic: string, qos: 0 | 1 | 2, messageId = 0): Buffer {
  const bytes = publish('x'.repeat(Buffer.byteLength(topic)), { qos, messageId })
  bytes.write(topic, 4)
  return bytes
}

interface BenchOptions {
  eager?: boolean
  version?: 4 | 5
  maximumPacketBytes?: number
  tap?: WireTap
}

/** A guarded stream on a network in the hands of the test, and all that comes of it. */
export function guardBench({ eager = true, version = 5, maximumPacketBytes = 100_000, tap = new ListeningTap(false) }: BenchOptions = {}) {
  const network = new FakeNetwork({ eager })
  const intake = new NaiveIntake()
  const received = new Set<number>()
  const inlet = intake.openInlet()
  const accepted = vi.fn()
  const stream = new GuardedStream(() => network, {
    version,
    maximumPacketBytes,
    topicAliasMaximum: 0,
    authenticates: false,
    inlet,
    sink: intake,
    received,
    accepted,
    tap,
  })
  const errors: Error[] = []
  stream.on('error', (error) => errors.push(error))
  const passed: Buffer[] = []
  return {
    network,
    stream,
    intake,
    inlet,
    received,
    accepted,
    errors,
    passed,
    /** What was passed on, as hex. */
    passedBytes: () => Buffer.concat(passed).toString('hex'),
    listen: () => stream.on('data', (chunk: Buffer) => passed.push(chunk)),
  }
}

/** What MQTT.js is shown of a message. */
export function standIn(qos: 1 | 2, messageId: number, version: 4 | 5 = 5): string {
  return bytesOf({ cmd: 'publish', topic: '.', payload: '', qos, retain: false, dup: false, messageId }, version).toString('hex')
}

export const hexOf = (packets: readonly Uint8Array[]): string => Buffer.concat(packets).toString('hex')
