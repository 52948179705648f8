import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import {
  MAX_HISTORY_ENTRIES,
  MAX_HISTORY_LENGTH,
  MAX_HISTORY_PAYLOAD_BYTES,
  publishHistorySchema,
  type HistoryEntry,
} from '@shared/publish/publish-history'
import { PublishHistory } from '../../../../src-main/publish/publish-history'

const tab = { id: 'tab-1', source: { kind: 'profile' as const, profileId: '3c6ad9a5-3f0e-4d43-a0d4-5a1c2b4a5f10' } }
const message = { topic: 'plant/x', payload: Uint8Array.of(0, 255, 7), qos: 1 as const, retain: true }
const inFlight = (publishId: number) => ({ publishId, state: { kind: 'in-flight' as const } })

let onDisk: HistoryEntry[]
let writes: number
const failed = vi.fn()
const changed = vi.fn()

function historyOnDisk(): PublishHistory {
  const records = {
    read: () => onDisk,
    update(_tab: unknown, entries: HistoryEntry[]) {
      writes += 1
      // As a file would give it back.
      onDisk = publishHistorySchema.parse(JSON.parse(JSON.stringify(entries)))
    },
  }
  return new PublishHistory(records, changed, failed)
}

beforeEach(() => {
  vi.useFakeTimers()
  onDisk = []
  writes = 0
  failed.mockReset()
})
afterEach(() => void vi.useRealTimers())

describe('the publish history', () => {
  it('gives a message back exactly, also after a restart', () => {
    const properties = {
      ...NO_PUBLISH_PROPERTIES,
      contentType: 'x/y',
      correlationData: Uint8Array.of(1, 0, 255),
      userProperties: [{ name: 'a', value: '' }, { name: 'a', value: '2' }],
    }
    const before = historyOnDisk()
    before.add(tab, { ...message, properties }, { publishId: 1, state: { kind: 'sent' } })
    before.flush()
    const after = historyOnDisk()
    const [entry] = after.list(tab)
    expect(entry).toMatchObject({ topic: 'plant/x', qos: 1, retain: true, payloadBytes: 3, isKept: true, state: { kind: 'sent' } })
    expect(after.read(tab, entry?.id ?? '')).toEqual({ ...message, properties })
  })

  it('follows what becomes of a publish, in whatever order it is told', () => {
    const acknowledged = { kind: 'acknowledged' as const, reasonCode: 16, elapsedMs: 2 }
    const history = historyOnDisk()
    history.add(tab, message, inFlight(1))
    history.settle(tab.id, 1, acknowledged)
    history.settle(tab.id, 2, acknowledged)
    history.add(tab, message, inFlight(2))
    history.settle('another tab', 3, acknowledged)
    history.add(tab, message, inFlight(3))
    expect(history.list(tab).map(({ state }) => state.kind)).toEqual(['in-flight', 'acknowledged', 'acknowledged'])
    expect(changed).toHaveBeenCalledWith(tab.id)
  })

  it('does not claim to know what became of those that were open when the app closed', () => {
    const before = historyOnDisk()
    before.add(tab, message, inFlight(1))
    before.add(tab, message, { publishId: 2, state: { kind: 'queued' } })
    before.flush()
    expect(historyOnDisk().list(tab).map(({ state }) => state.kind)).toEqual(['dropped', 'unconfirmed'])
  })

  it('takes nothing a later engine says for what became of publishes of one that ended', () => {
    const acknowledged = { kind: 'acknowledged' as const, reasonCode: 0, elapsedMs: 2 }
    const history = historyOnDisk()
    history.add(tab, message, inFlight(1))
    history.settle(tab.id, 2, acknowledged)
    changed.mockReset()
    history.engineEnded(tab.id)
    expect(changed).toHaveBeenCalledWith(tab.id)
    // The next engine counts from 1 again.
    history.settle(tab.id, 1, acknowledged)
    history.add(tab, message, inFlight(2))
    expect(history.list(tab).map(({ state }) => state.kind)).toEqual(['in-flight', 'unconfirmed'])
  })

  it('writes once for many changes, a moment later, and says when it cannot', () => {
    const history = historyOnDisk()
    for (let publishId = 1; publishId <= 50; publishId += 1) history.add(tab, message, inFlight(publishId))
    expect(writes).toBe(0)
    vi.runAllTimers()
    expect(writes).toBe(1)
    const refusing = new PublishHistory({ read: () => [], update: () => { throw new Error('full') } }, changed, failed)
    refusing.add(tab, message, inFlight(1))
    vi.runAllTimers()
    expect(failed).toHaveBeenCalledOnce()
  })

  it('keeps the newest, no payload that is too large, and no more than its room', () => {
    const history = historyOnDisk()
    const large = { ...message, payload: new Uint8Array(MAX_HISTORY_PAYLOAD_BYTES + 1) }
    history.add(tab, large, inFlight(1))
    const [entry] = history.list(tab)
    expect(entry).toMatchObject({ isKept: false, payloadBytes: MAX_HISTORY_PAYLOAD_BYTES + 1 })
    expect(() => history.read(tab, entry?.id ?? '')).toThrow(expect.objectContaining({ code: 'publish-forgotten' }))
    for (let publishId = 2; publishId <= MAX_HISTORY_ENTRIES + 5; publishId += 1) history.add(tab, { ...message, topic: `t/${publishId}` }, inFlight(publishId))
    expect(history.list(tab)).toHaveLength(MAX_HISTORY_ENTRIES)
    expect(history.list(tab)[0]?.topic).toBe(`t/${MAX_HISTORY_ENTRIES + 5}`)

    const full = { ...message, payload: new Uint8Array(MAX_HISTORY_PAYLOAD_BYTES) }
    for (let publishId = 1_000; publishId < 1_100; publishId += 1) history.add(tab, full, inFlight(publishId))
    history.flush()
    expect(JSON.stringify(onDisk).length).toBeLessThan(MAX_HISTORY_LENGTH + MAX_HISTORY_ENTRIES)
    expect(onDisk.length).toBeGreaterThan(40)
  })

  it('can be cleared', () => {
    const history = historyOnDisk()
    history.add(tab, message, inFlight(1))
    history.clear(tab)
    history.flush()
    expect(history.list(tab)).toEqual([])
    expect(onDisk).toEqual([])
  })
})
