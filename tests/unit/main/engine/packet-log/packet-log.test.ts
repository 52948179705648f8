import { generate, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import type { Failure } from '@shared/connection/failure'
import { EVERY_PACKET, type PacketFilter, type PacketRecording } from '@shared/packets/packet-log'
import type { SpecOf } from '@shared/views/view-spec'
import { failure } from '../../../../../src-main/engine/connection/failure-of'
import type { PacketPiece } from '../../../../../src-main/engine/engine-api'
import { PacketLog } from '../../../../../src-main/engine/packet-log/packet-log'
import { rowOf } from '../../../../../src-main/engine/packet-log/packet-row'
import { renderPacket, writePackets } from '../../../../../src-main/engine/packet-log/packet-text'
import { PacketsView } from '../../../../../src-main/engine/views/packets-view'
import { ProtocolViolation } from '../../../../../src-main/engine/wire/violation'
import { BROKER } from '../../../../support/connection-status'

/** A round that failed so at the only broker. */
const round = (failure: Failure) => ({ failure, broker: BROKER, failures: [{ broker: BROKER, failure }] })

const bytesOf = (packet: Packet) => generate(packet, { protocolVersion: 5 })
const CONNECT = bytesOf({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId: 'c', clean: true, keepalive: 60, username: 'ada', password: Buffer.from('canary-password') })
const CONNACK = bytesOf({ cmd: 'connack', reasonCode: 0, sessionPresent: false })
const publish = (topic: string, payload = 'x') => bytesOf({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false })
const SUBACK_REFUSED = bytesOf({ cmd: 'suback', messageId: 1, granted: [0x87] })

/** A log that records a connection. */
function setUp({ entries = 1_000, recording = 'cut' }: { entries?: number; recording?: PacketRecording } = {}) {
  const log = new PacketLog({ entries, bytes: 1e9 })
  log.record(recording)
  const tap = log.listen('mqtt://127.0.0.1:1883', 5)
  const names = () =>
    [...log.from(0)].map((entry) => (entry.kind === 'event' ? entry.event : `${entry.direction} ${rowOf(entry).kind === 'packet' ? entry.type : ''}`))
  return { log, tap, names }
}

function viewOf(log: PacketLog, more: Partial<SpecOf<'packets'>> = {}) {
  return new PacketsView(log, { kind: 'packets', firstRow: 0, rowCount: 500, filter: EVERY_PACKET, ...more })
}

function allText(log: PacketLog, filter: PacketFilter, format: 'text' | 'json-lines') {
  let at: PacketPiece['next'] = null
  let text = ''
  let packets = 0
  let pieces = 0
  do {
    const piece = writePackets(log, filter, format, at)
    text += piece.text
    packets += piece.packets
    pieces += 1
    at = piece.next
  } while (at !== null)
  return { text, packets, pieces }
}

describe('recording', () => {
  it('is off at first: nothing is kept, and nobody need say anything', () => {
    const { log, tap } = setUp({ recording: 'off' })
    log.clear()
    expect(tap.listening).toBe(false)
    tap.opened(false)
    tap.received(CONNACK, null)
    tap.sent(CONNECT)
    tap.closed({ by: 'broker' })
    log.statusChanged({ phase: 'offline' })
    expect(log.entries.kept).toBe(0)
    expect(log.disconnect).toBeNull()
  })

  it('goes on over several network connections, and says when it began and ended', () => {
    const { log, tap, names } = setUp()
    tap.opened(false)
    tap.sent(CONNECT)
    tap.received(CONNACK, null)
    tap.closed({ by: 'broker' })
    log.statusChanged({ phase: 'reconnecting', attempt: 1, nextAttemptAtMs: Date.now() + 1_000, ...round(failure('connection-lost', '')) })
    log.listen('mqtt://127.0.0.1:1883', 5)
    log.record('off')
    expect(names()).toEqual([
      'recording-on', 'connecting', 'open', 'sent 1', 'received 2', 'closed-by-broker', 'retrying', 'connecting', 'recording-off',
    ])
  })

  it('says how each broker of a round failed, once', () => {
    const { log, names } = setUp()
    const failed = failure('timeout', 'connack timeout')
    const next = { phase: 'connecting' as const, attempt: 1, broker: BROKER, lastFailure: { broker: BROKER, failure: failed } }
    log.statusChanged(next)
    log.listen('mqtt://127.0.0.1:1884', 5)
    log.statusChanged({ phase: 'reconnecting', attempt: 2, nextAttemptAtMs: Date.now(), ...round(failed) })
    log.statusChanged(next)
    expect(names()).toEqual(['recording-on', 'connecting', 'connack-timeout', 'connecting', 'connack-timeout', 'retrying'])
  })

  it('may begin in the middle of a connection', () => {
    const { log, tap } = setUp({ recording: 'off' })
    log.record('whole')
    expect(tap.listening).toBe(true)
    tap.received(publish('a', 'y'.repeat(500)), null)
    expect(viewOf(log).frame().rows.at(-1)).toMatchObject({ name: 'PUBLISH', topic: 'a' })
  })

  it('has an end of the connection once, however often it is told', () => {
    const { log, tap, names } = setUp()
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    tap.closed({ by: 'error', error: refused })
    tap.closed({ by: 'us' })
    log.statusChanged({ phase: 'failed', attempts: 1, ...round(failure('refused', refused.message)) })
    expect(names()).toEqual(['recording-on', 'connecting', 'error'])
  })

  it('knows ends that no packet tells', () => {
    const { log, tap, names } = setUp()
    tap.opened(false)
    log.statusChanged({ phase: 'failed', attempts: 1, ...round(failure('keepalive-timeout', '')) })
    expect(names().slice(-1)).toEqual(['keepalive-timeout'])
    log.statusChanged({ phase: 'failed', attempts: 1, ...round(failure('tls-own-files', 'bad key')) })
    expect(log.disconnect?.cause).toEqual({ kind: 'not-opened', detail: 'bad key' })
  })
})

describe('the view', () => {
  it('follows the newest rows, or stays where it is asked to, while the oldest go', () => {
    const { log, tap } = setUp({ entries: 100 })
    const newest = viewOf(log, { firstRow: null, rowCount: 10 })
    const fixed = viewOf(log, { firstRow: 40, rowCount: 10 })
    for (let count = 0; count < 88; count += 1) tap.received(publish(`t/${count}`), null)
    const before = fixed.frame()
    expect(newest.frame()).toMatchObject({ firstRow: 80, goneRows: 0 })
    expect(before).toMatchObject({ firstRow: 40, goneRows: 0, totalRows: 90 })
    for (let count = 88; count < 118; count += 1) tap.received(publish(`t/${count}`), null)
    expect(newest.frame()).toMatchObject({ firstRow: 110, goneRows: 20, totalRows: 100, letGo: 20, kept: 100 })
    expect(fixed.frame()).toMatchObject({ firstRow: 40, goneRows: 20, rows: before.rows })
    for (let count = 0; count < 50; count += 1) tap.received(publish('more'), null)
    expect(fixed.frame()).toMatchObject({ firstRow: 70, goneRows: 70 })
  })

  it('stays right over any number of rows', () => {
    const { log, tap } = setUp({ entries: 200 })
    const view = viewOf(log, { firstRow: null, rowCount: 3, filter: { ...EVERY_PACKET, topic: 'odd' } })
    for (let count = 0; count < 20_000; count += 1) {
      tap.received(publish(count % 2 === 1 ? `odd/${count}` : 'even'), null)
      if (count % 97 === 0) view.frame()
    }
    const frame = view.frame()
    expect(frame.rows.map((row) => row.kind === 'packet' && row.topic)).toEqual(['odd/19995', 'odd/19997', 'odd/19999'])
    expect(frame).toMatchObject({ totalRows: 100, goneRows: 9_900, firstRow: 9_997 })
  })

  it.each<[string, Partial<PacketFilter>, string[]]>([
    ['kinds', { kinds: ['CONNACK', 'SUBACK'] }, ['CONNACK', 'SUBACK']],
    ['events', { kinds: ['event'] }, ['recording-on', 'connecting', 'violation']],
    ['direction', { direction: 'sent' }, ['CONNECT']],
    ['a topic, in any case', { topic: 'LINE/1' }, ['PUBLISH']],
    ['failures', { failuresOnly: true }, ['SUBACK', 'PUBLISH', 'violation']],
    ['several at once', { failuresOnly: true, kinds: ['SUBACK'], direction: 'received' }, ['SUBACK']],
  ])('lets through by %s', (_name, filter, expected) => {
    const { log, tap } = setUp()
    tap.sent(CONNECT)
    tap.received(CONNACK, null)
    tap.received(publish('line/1'), null)
    tap.received(SUBACK_REFUSED, null)
    tap.received(Buffer.from('320400026162', 'hex'), 'the packet identifier is missing')
    tap.violated(new ProtocolViolation('the packet identifier is missing', 'x', 0x81))
    const frame = viewOf(log, { filter: { ...EVERY_PACKET, ...filter } }).frame()
    expect(frame.rows.map((row) => (row.kind === 'packet' ? row.name : row.event))).toEqual(expected)
  })

  it('begins anew with another filter and after clearing', () => {
    const { log, tap } = setUp()
    tap.received(publish('a'), null)
    const view = viewOf(log)
    expect(view.frame().totalRows).toBe(3)
    view.update({ kind: 'packets', firstRow: null, rowCount: 10, filter: { ...EVERY_PACKET, topic: 'a' } })
    expect(view.frame()).toMatchObject({ totalRows: 1, goneRows: 0 })
    log.clear()
    expect(view.frame()).toMatchObject({ totalRows: 0, kept: 0, rows: [] })
    tap.received(publish('a'), null)
    expect(view.frame()).toMatchObject({ totalRows: 1, rows: [{ topic: 'a' }] })
  })
})

describe('what is said of a packet', () => {
  it('names what is wrong, and shows its bytes', () => {
    const { log, tap } = setUp()
    tap.received(Buffer.from('320400026162', 'hex'), 'the packet identifier is missing [MQTT-4.13.1-1]')
    const [entry] = [...log.from(log.entries.nextSequence - 1)]
    if (entry === undefined) throw new Error('nothing was kept')
    const rendered = renderPacket(entry)
    expect(rendered.row).toMatchObject({ failed: true, name: 'PUBLISH' })
    expect(rendered.fault).toContain('the packet identifier is missing')
    expect(rendered.hex).toBe(`00000  32 04 00 02 61 62${' '.repeat(34)}2...ab`)
  })

  it('never is a password: not in rows, texts, files or the log itself', () => {
    const { log, tap } = setUp({ recording: 'whole' })
    tap.sent(CONNECT)
    const everything = [
      JSON.stringify(viewOf(log).frame()),
      ...[...log.from(0)].map((entry) => JSON.stringify(renderPacket(entry))),
      ...[...log.from(0)].map((entry) => (entry.kind === 'packet' ? Buffer.from(entry.stored).toString('latin1') : entry.detail)),
      allText(log, EVERY_PACKET, 'text').text,
      allText(log, EVERY_PACKET, 'json-lines').text,
      Buffer.from(allText(log, EVERY_PACKET, 'json-lines').text.split('"kept":"').at(-1) ?? '', 'base64').toString('latin1'),
    ].join('\n')
    expect(everything).toContain('ada')
    expect(everything).toContain('15 bytes, masked')
    expect(everything).not.toContain('canary')
    expect(everything).not.toContain(Buffer.from('canary-password').toString('base64').slice(2, -3))
    expect(everything).not.toContain('63 61 6e 61 72 79')
  })
})

describe('a saved log', () => {
  it('comes in pieces that hold each line once, and ends though more comes', () => {
    const { log, tap } = setUp({ entries: 1e6 })
    for (let count = 0; count < 5_000; count += 1) tap.received(publish(`t/${count}`), null)
    const first = writePackets(log, EVERY_PACKET, 'json-lines', null)
    tap.received(publish('later'), null)
    expect(first.next).not.toBeNull()
    const { text, packets, pieces } = allText(log, { ...EVERY_PACKET, kinds: ['PUBLISH'] }, 'json-lines')
    const lines = text.trim().split('\n').map((line) => JSON.parse(line) as { fields: { name: string; value: string }[] })
    expect(packets).toBe(5_001)
    expect(pieces).toBeGreaterThan(2)
    expect(lines.map(({ fields }) => fields.find(({ name }) => name === 'Topic Name')?.value)).toEqual([
      ...Array.from({ length: 5_000 }, (_, count) => `t/${count}`),
      'later',
    ])
    let rest: PacketPiece = first
    let text2 = first.text
    while (rest.next !== null) {
      rest = writePackets(log, EVERY_PACKET, 'json-lines', rest.next)
      text2 += rest.text
    }
    expect(text2).not.toContain('later')
  })

  it('has no line that a topic made up', () => {
    const { log, tap } = setUp()
    tap.received(publish('a\n2026-01-01T00:00:00.000Z -> CONNECT (1 bytes)'), null)
    const { text } = allText(log, { ...EVERY_PACKET, kinds: ['PUBLISH'] }, 'text')
    expect(text.split('\n').filter((line) => /^\d{4}-/.test(line))).toHaveLength(1)
    expect(text).toMatch(/^\S+Z <- PUBLISH \(\d+ bytes\)\n {4}QoS: 0\n/)
  })
})
