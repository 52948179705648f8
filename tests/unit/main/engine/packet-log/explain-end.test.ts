import { generate, type IConnackPacket, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { failure } from '../../../../../src-main/engine/connection/failure-of'
import { explainEnd, type ConversationFacts } from '../../../../../src-main/engine/packet-log/explain-end'
import type { PacketEntry } from '../../../../../src-main/engine/packet-log/packet-ring'
import { storedPacket } from '../../../../../src-main/engine/packet-log/stored-packet'

const END_MS = 100_000

function entry(packet: Packet, agoMs: number, sequence = 1): PacketEntry {
  const stored = storedPacket(generate(packet, { protocolVersion: 5 }), 5, false)
  return { kind: 'packet', direction: 'sent', fault: null, sequence, atMs: END_MS - agoMs, ...stored }
}

const connack = (agoMs: number, properties: NonNullable<IConnackPacket['properties']> = {}) =>
  entry({ cmd: 'connack', reasonCode: 0, sessionPresent: false, properties }, agoMs, 2)
const publish = (bytes: number, more: object = {}) =>
  entry({ cmd: 'publish', topic: 'a/b', payload: Buffer.alloc(bytes), qos: 0, retain: false, dup: false, ...more }, 3, 9)

const NOTHING: ConversationFacts = {
  connect: null, connack: null, lastSent: null, lastReceived: null, unansweredPing: null, violation: null, isOpen: false, closedBy: null,
}
const OPEN: ConversationFacts = { ...NOTHING, isOpen: true, connack: connack(12_000) }

function explain(facts: ConversationFacts | null, ...[code, detail = '', reason]: Parameters<typeof failure> | [Parameters<typeof failure>[0]]) {
  return explainEnd(facts, { ...failure(code, detail, reason ?? null), atMs: END_MS }, END_MS)
}

describe('the end of a connection', () => {
  it('by a DISCONNECT of the broker', () => {
    expect(explain(OPEN, 'server-disconnect', '', { reasonCode: 0x8e, brokerReason: 'other client' })).toEqual({
      atMs: END_MS,
      onlineMs: 12_000,
      cause: { kind: 'broker-disconnect', reasonCode: 0x8e, brokerReason: 'other client' },
      lastSent: null,
    })
  })

  it('by a refusal was never online', () => {
    const refused = entry({ cmd: 'connack', reasonCode: 0x87, sessionPresent: false }, 1)
    expect(explain({ ...OPEN, connack: refused }, 'connack', '', { reasonCode: 0x87, brokerReason: null })).toMatchObject({
      onlineMs: null,
      cause: { kind: 'refused', reasonCode: 0x87 },
    })
  })

  it('just after a packet that is larger than CONNACK allows', () => {
    const facts: ConversationFacts = { ...OPEN, connack: connack(5_000, { maximumPacketSize: 268_435 }), lastSent: publish(300_000), closedBy: { by: 'broker' } }
    expect(explain(facts, 'connection-lost')).toMatchObject({
      cause: { kind: 'closed' },
      lastSent: { name: 'PUBLISH', topic: 'a/b', bytes: 300_010, agoMs: 3, isNewest: true, breach: { kind: 'maximum-packet-size', limit: 268_435 } },
    })
  })

  it.each([
    ['a QoS that CONNACK does not allow', { maximumQoS: 1 }, { qos: 2, messageId: 1 }, { kind: 'maximum-qos', limit: 1 }],
    ['a retained message where there are none', { retainAvailable: false }, { retain: true }, { kind: 'retain' }],
    ['nothing wrong', { maximumQoS: 1, retainAvailable: false, maximumPacketSize: 1_000 }, { qos: 1, messageId: 1 }, null],
  ] as const)('just after %s', (_name, properties, more, breach) => {
    const facts: ConversationFacts = { ...OPEN, connack: connack(5_000, properties), lastSent: publish(10, more), closedBy: { by: 'broker' } }
    expect(explain(facts, 'connection-lost')?.lastSent?.breach).toEqual(breach)
  })

  it('after something else had been received since the last packet of ours', () => {
    const facts: ConversationFacts = { ...OPEN, lastSent: publish(1), lastReceived: entry({ cmd: 'pingresp' }, 1, 10), closedBy: { by: 'broker' } }
    expect(explain(facts, 'connection-lost')?.lastSent?.isNewest).toBe(false)
  })

  it('by a PINGREQ without an answer, with the keep alive that counted', () => {
    const connect = entry({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId: 'c', clean: true, keepalive: 60 }, 30_000)
    const facts: ConversationFacts = { ...OPEN, connect, unansweredPing: entry({ cmd: 'pingreq' }, 90_000) }
    expect(explain(facts, 'keepalive-timeout')?.cause).toEqual({ kind: 'no-pingresp', waitedMs: 90_000, keepAliveSeconds: 60 })
    expect(explain({ ...facts, connack: connack(1, { serverKeepAlive: 20 }) }, 'keepalive-timeout')?.cause).toMatchObject({ keepAliveSeconds: 20 })
    expect(explain(null, 'keepalive-timeout')?.cause).toEqual({ kind: 'no-pingresp', waitedMs: null, keepAliveSeconds: null })
  })

  it.each([
    ['violation', OPEN, 'protocol-error', 'x [MQTT-1]', { kind: 'violation', what: 'x [MQTT-1]' }],
    ['no CONNACK', { ...OPEN, connack: null }, 'timeout', '', { kind: 'no-connack' }],
    ['no network', NOTHING, 'timeout', 'ETIMEDOUT', { kind: 'not-opened', detail: 'ETIMEDOUT' }],
    ['more steps to sign in', OPEN, 'authentication-continues', 'SCRAM-SHA-1', { kind: 'authentication-continues', method: 'SCRAM-SHA-1' }],
    ['no client identifier', NOTHING, 'client-id-needed', 'MQTT 3.1', { kind: 'no-client-id', version: 'MQTT 3.1' }],
    ['nobody listening', NOTHING, 'refused', 'ECONNREFUSED', { kind: 'not-opened', detail: 'ECONNREFUSED' }],
    ['a cut cable', { ...OPEN, closedBy: { by: 'error', error: new Error('x') } }, 'connection-lost', 'read ECONNRESET', { kind: 'broken', detail: 'read ECONNRESET' }],
    ['nobody knows whom', { ...OPEN, closedBy: { by: 'us' } }, 'connection-lost', '', { kind: 'broken', detail: '' }],
  ] as const)('by %s', (_name, facts, code, detail, cause) => {
    expect(explain(facts, code, detail)?.cause).toEqual(cause)
  })

  it('by the user', () => {
    expect(explainEnd(OPEN, null, END_MS)).toMatchObject({ cause: { kind: 'user' }, onlineMs: 12_000 })
    expect(explainEnd(null, null, END_MS)).toBeNull()
  })
})
