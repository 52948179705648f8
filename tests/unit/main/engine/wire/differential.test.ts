import fc from 'fast-check'
import { generate, type IPublishPacket, type Packet } from 'mqtt-packet'
import { describe, expect, it, vi } from 'vitest'
import { topicNameFault } from '@shared/mqtt/topic'
import { HOSTILE_CASES, type HostileCase } from '../../../../support/hostile-brokers'
import type { TakenMessage } from '../../support/naive-intake'
import { networks, ours, plain, type Seen, type Version } from '../../support/two-clients'

vi.mock('../../../../../src-main/engine/connection/transport', () => ({ openTransport: () => networks.pop() }))

const TOPICS = ['a', 'a/b', '/', 'ä/☃', 'x'.repeat(200)]

type Step =
  | { kind: 'message'; qos: 0 | 1 | 2; topic: number; bytes: number; retain: boolean; dup: boolean; id: number; alias: number; properties: IPublishPacket['properties'] }
  | { kind: 'release'; id: number }
  | { kind: 'other'; packet: Packet }

const properties = fc.record(
  {
    payloadFormatIndicator: fc.boolean(),
    messageExpiryInterval: fc.nat(0xffff_ffff),
    contentType: fc.string({ unit: 'binary', maxLength: 5 }).filter((text) => !text.includes('\0')),
    responseTopic: fc.constantFrom('answers', 'ä'),
    correlationData: fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes)),
    subscriptionIdentifier: fc.oneof(fc.integer({ min: 1, max: 268_435_455 }), fc.constant<number[]>([3, 1, 200])),
    userProperties: fc.constantFrom<Record<string, string | string[]>>({ a: '1' }, { b: ['1', '2'], 'ä': '' }),
  },
  { requiredKeys: [] },
)

const id = fc.integer({ min: 1, max: 4 })
const OTHERS: Packet[] = [
  { cmd: 'pingresp' },
  { cmd: 'suback', messageId: 9, granted: [0, 1] },
  { cmd: 'unsuback', messageId: 9, granted: [0] },
  { cmd: 'puback', messageId: 9, reasonCode: 0 },
  { cmd: 'pubrec', messageId: 9, reasonCode: 0 },
  { cmd: 'pubcomp', messageId: 9, reasonCode: 0 },
]
const message = fc.record({
  kind: fc.constant('message' as const),
  qos: fc.constantFrom(0, 1, 2),
  topic: fc.nat(TOPICS.length - 1),
  bytes: fc.oneof({ weight: 5, arbitrary: fc.nat(20) }, fc.constantFrom(0, 127, 16_380, 70_000)),
  retain: fc.boolean(),
  dup: fc.boolean(),
  id,
  alias: fc.nat(3),
  properties,
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: message },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('other' as const), packet: fc.constantFrom(...OTHERS) }) },
)

/** What a server of either version may say, in short. */
const EVERY_KIND: readonly Step[] = [
  ...([0, 1, 2] as const).flatMap((qos): Step[] => [1, 1, 0].map((alias, topic) => ({ kind: 'message', qos, topic, bytes: topic * 70, retain: topic === 1, dup: false, id: topic + 1, alias, properties: { userProperties: { 'ä': 'b' }, contentType: 'x' } }))),
  { kind: 'message', qos: 2, topic: 0, bytes: 0, retain: false, dup: false, id: 1, alias: 0, properties: {} },
  { kind: 'release', id: 1 },
  { kind: 'release', id: 1 },
  ...OTHERS.map((packet): Step => ({ kind: 'other', packet })),
]

const connackOf = (version: Version): Buffer => generate({ cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false }, { protocolVersion: version === '5.0' ? 5 : 4 })

/** Of what MQTT.js goes on after and we do not, what is no case of `hostile-brokers.ts`. */
const MORE_CASES: readonly Pick<HostileCase, 'name' | 'version' | 'bytes' | 'beforeConnack'>[] = [
  { name: 'an alias alone that was given a topic with #', version: '5.0', bytes: Buffer.from('300700012303230001' + '3006000003230001', 'hex') },
  { name: 'SUBACK without return codes', version: '3.1.1', bytes: Buffer.from('90020001', 'hex') },
]

/** Where MQTT.js goes on though the specification has the connection end: cases by the clause they break. */
const MQTTJS_GOES_ON: Readonly<Record<string, readonly string[]>> = {
  'MQTT-1.5.4-1': ['CONNACK that assigns a client identifier that is no UTF-8', 'a Content Type that is no UTF-8'],
  'MQTT-1.5.4-2': ['CONNACK that assigns a client identifier with NUL'],
  'MQTT-1.5.5-1': ['Remaining Length in more bytes than needed'],
  'MQTT-2.1.3-1': ['SUBSCRIBE from a server'],
  'MQTT-2.1.4': ['PUBACK with a reason code'],
  'MQTT-2.2.1-3': ['packet identifier 0'],
  'MQTT-2.2.2.2': [
    'a property no PUBLISH has',
    'a property twice',
    'DISCONNECT that sets the Session Expiry Interval',
    'CONNACK with a property of CONNECT',
  ],
  // It only refuses one that is whole.
  'MQTT-3.1.2-24': ['a declared 256 MB packet'],
  'MQTT-3.13.1': ['PINGRESP with a body'],
  'MQTT-3.14.0': ['DISCONNECT from a server'],
  'MQTT-3.2.0-1': ['PUBLISH before CONNACK'],
  'MQTT-3.3.1-2': ['DUP with QoS 0'],
  'MQTT-3.3.2-7': ['an alias alone that was given a topic with #'],
  'MQTT-3.8.4-6': ['SUBACK without return codes'],
  'MQTT-4.13.1-1': [
    'PUBACK with half a packet identifier',
    'Payload Format Indicator 2',
    'Subscription Identifier 0',
    'CONNACK with Receive Maximum 0',
    'CONNACK with Maximum Packet Size 0',
    'CONNACK with Maximum QoS 2',
  ],
}

interface Written {
  readonly bytes: Buffer
  /** The numbers, which their payloads begin with, of the messages in it, in order. */
  readonly numbers: readonly number[]
}

/** What a server that keeps to the specification sends: these steps, where it may. */
function written(version: Version, steps: readonly Step[]): Written {
  const protocolVersion = version === '5.0' ? 5 : 4
  const numbers: number[] = []
  const underWay = new Map<number, Packet>()
  const aliases = new Set<number>()
  const packets: Packet[] = [{ cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false }]
  for (const [number, each] of steps.entries()) {
    if (each.kind === 'other') packets.push(each.packet)
    else if (each.kind === 'release') {
      underWay.delete(each.id)
      packets.push({ cmd: 'pubrel', messageId: each.id, reasonCode: 0 })
    } else {
      const { qos, topic, bytes, retain, dup, alias } = each
      const again = qos === 2 ? underWay.get(each.id) : undefined
      if (again?.cmd === 'publish') {
        packets.push({ ...again, dup: true })
        continue
      }
      const isAliased = version === '5.0' && alias > 0
      const packet: IPublishPacket = {
        cmd: 'publish',
        // An alias alone, where it is known.
        topic: isAliased && aliases.has(alias) && number % 2 === 0 ? '' : (TOPICS[topic] ?? ''),
        payload: Buffer.concat([Buffer.from(`${number}:`), Buffer.alloc(bytes, number)]),
        qos,
        retain,
        dup: dup && qos > 0,
        messageId: each.id,
        ...(version === '5.0' && { properties: { ...each.properties, ...(isAliased && { topicAlias: alias }) } }),
      }
      numbers.push(number)
      if (isAliased) aliases.add(alias)
      if (qos === 2) underWay.set(each.id, packet)
      packets.push(packet)
    }
  }
  return { bytes: Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion }))), numbers }
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places)].filter((place) => place > 0 && place < bytes.length).sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0)
const comparable = (each: TakenMessage): TakenMessage => ({ ...each, properties: [...each.properties].sort(byName) })
const atMostTwice = ({ messages }: Seen): TakenMessage[] => messages.filter(({ qos }) => qos < 2).map(comparable)
const exactlyOnce = ({ messages }: Seen): TakenMessage[] => messages.filter(({ qos }) => qos === 2).map(comparable)

/**
 * Ours against theirs, of bytes that break no rule. What differs is QoS 2:
 * - A message is handed out when it first comes, theirs at its PUBREL, as it came last (methods B and A of [4.3.3]).
 * - Theirs has no topic where an alias stood for it (against 3.3.2.3.4).
 */
function compareLegal(own: Seen, theirs: Seen, numbers: readonly number[]): void {
  expect(own.end).toBe(theirs.end)
  expect(own.answers).toEqual(theirs.answers)
  expect(own.messages.map(({ payload }) => Number.parseInt(payload, 10))).toEqual(numbers)
  expect(atMostTwice(own)).toEqual(atMostTwice(theirs))
  for (const released of exactlyOnce(theirs)) {
    const same = exactlyOnce(own).find(({ payload }) => payload === released.payload)
    expect({ ...released, topic: released.topic || same?.topic, dup: same?.dup }).toEqual(same)
  }
}

/**
 * Ours against theirs, of any bytes. Ours takes nothing that theirs refuses, and what both take they take alike, as far as
 * either goes. What differs, beside QoS 2:
 * - Ours ends the connection where theirs goes on, as in {@link MQTTJS_GOES_ON}: each such case known is listed there.
 * - A message on an illegal topic is left out, and gives its alias no topic [MQTT-4.7.1-1], [MQTT-4.7.3-1], [MQTT-1.5.4-1].
 * - Ours looks at a packet once it is whole, theirs at its first byte.
 */
function compareBroken(own: Seen, theirs: Seen): void {
  if (own.end === null && !own.waits) expect(theirs.end).toBeNull()
  const [taken, theirTaken] = [atMostTwice(own), withoutRefused(theirs, own.refused)]
  const common = Math.min(taken.length, theirTaken.length)
  expect(taken.slice(0, common)).toEqual(theirTaken.slice(0, common))
  const answers = Math.min(own.answers.length, theirs.answers.length)
  expect(own.answers.slice(0, answers)).toEqual(theirs.answers.slice(0, answers))
  if (theirs.end === null && own.end !== null) expect(taken.length).toBeLessThanOrEqual(theirTaken.length)
  if (theirs.end !== null || own.end !== null) return
  expect(taken).toHaveLength(theirTaken.length)
  expect(own.answers).toHaveLength(theirs.answers.length)
}

/** The clause that was broken, by what a session of ours ended with. */
function clauseOf({ end }: Seen): string | null {
  return end?.startsWith('protocol-error') === true ? (/\[(.*)\]$/.exec(end)?.[1] ?? end) : null
}

function withoutRefused(theirs: Seen, refused: readonly string[]): TakenMessage[] {
  const left = [...refused]
  return atMostTwice(theirs).filter(({ payload, topic }) => {
    const index = left.indexOf(payload)
    // Theirs makes U+FFFD of what is no UTF-8.
    if (index === -1 || (topicNameFault(topic) === null && !topic.includes('\ufffd'))) return true
    left.splice(index, 1)
    return false
  })
}

type Change = 'set' | 'insert' | 'delete'

function changed(bytes: Buffer, changes: readonly (readonly [at: number, byte: number, how: Change])[]): Buffer {
  const list = [...bytes]
  for (const [at, byte, how] of changes) {
    const place = at % list.length
    if (how === 'set') list[place] = byte
    else list.splice(place, how === 'delete' ? 1 : 0, ...(how === 'delete' ? [] : [byte]))
  }
  return Buffer.from(list)
}

describe.each(['3.1.1', '5.0'] as const)('MQTT %s', (version) => {
  it('of what a server may send is made the same, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.array(fc.nat(4_000), { maxLength: 12 }), async (steps, places) => {
        const { bytes, numbers } = written(version, steps)
        compareLegal(await ours(version, cut(bytes, places)), await plain(version, bytes), numbers)
      }),
      { numRuns: 150 },
    )
  })

  it('of what it may not send, ours makes no more than theirs', async () => {
    const change = fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom<Change>('set', 'insert', 'delete'))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(change, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(400), { maxLength: 4 }), async (steps, changes, places) => {
        const bytes = changed(written(version, steps).bytes, changes)
        compareBroken(await ours(version, cut(bytes, places)), await plain(version, bytes))
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('byte by byte it is the same too', async () => {
    const { bytes, numbers } = written(version, EVERY_KIND)
    const [whole, theirs] = [await ours(version, [bytes]), await plain(version, bytes)]
    compareLegal(whole, theirs, numbers)
    expect(await ours(version, [...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole)
    for (let at = 1; at < bytes.length; at += 1) expect(await ours(version, cut(bytes, [at]))).toEqual(whole)
  })
})

it('where MQTT.js goes on though the specification has the connection end, ours ends', async () => {
  const found: Record<string, string[]> = {}
  for (const { name, version, bytes, beforeConnack } of [...HOSTILE_CASES, ...MORE_CASES]) {
    const all = beforeConnack === true ? bytes : Buffer.concat([connackOf(version), bytes])
    const [own, theirs] = [await ours(version, [all]), await plain(version, all)]
    compareBroken(own, theirs)
    const clause = clauseOf(own)
    if (clause !== null && theirs.end === null) found[clause] = [...new Set([...(found[clause] ?? []), name])]
  }
  expect(found).toEqual(MQTTJS_GOES_ON)
})
