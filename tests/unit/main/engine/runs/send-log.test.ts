import { describe, expect, it } from 'vitest'
import { MAX_LOGGED_SENDS } from '@shared/collections/send-log'
import type { Publish } from '@shared/message/publish'
import { SendLog } from '../../../../../src-main/engine/runs/send-log'

const message = (topic: string): Publish => ({ topic, payload: new Uint8Array(3), qos: 1, retain: false })
const IN_FLIGHT = { kind: 'in-flight' } as const

describe('SendLog', () => {
  it('shows the newest first, and the failed ones alone', () => {
    const log = new SendLog()
    for (const topic of ['a', 'b', 'c']) log.add(topic.charCodeAt(0), message(topic), null, IN_FLIGHT)
    log.update(98, { kind: 'refused', reasonCode: 0x87, brokerReason: null })
    expect(log.window(false, 0, 2)).toMatchObject({ total: 3, sends: [{ topic: 'c' }, { topic: 'b' }] })
    expect(log.window(false, 2, 2)).toMatchObject({ total: 3, sends: [{ topic: 'a' }] })
    expect(log.window(true, 0, 2)).toMatchObject({ total: 1, sends: [{ topic: 'b', state: { kind: 'refused' } }] })
    expect(log.failed).toBe(1)
  })

  it('keeps 10,000, says how many it let go, and takes news of those with equanimity', () => {
    const log = new SendLog()
    for (let id = 1; id <= MAX_LOGGED_SENDS + 2_500; id += 1) log.add(id, message('t'), null, IN_FLIGHT)
    log.update(1, { kind: 'sent' })
    expect([log.kept, log.letGo]).toEqual([MAX_LOGGED_SENDS, 2_500])
    expect(log.after(0, false, 1)).toMatchObject([{ number: 2_501 }])
  })

  it('keeps fewer where their topics are long', () => {
    const log = new SendLog()
    const topic = 'x'.repeat(60_000)
    for (let id = 1; id <= 200; id += 1) log.add(id, message(topic), null, IN_FLIGHT)
    expect(log.kept).toBeLessThan(200)
    expect(log.kept + log.letGo).toBe(200)
  })

  it('is read in pieces, oldest first, and begins anew when cleared', () => {
    const log = new SendLog()
    for (let id = 1; id <= 5; id += 1) log.add(id, message(String(id)), 'run', IN_FLIGHT)
    expect(log.after(2, false, 2).map(({ number }) => number)).toEqual([3, 4])
    log.clear()
    expect([log.kept, log.letGo, log.after(0, false, 9)]).toEqual([0, 0, []])
  })
})
