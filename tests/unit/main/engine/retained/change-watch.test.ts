import { describe, expect, it } from 'vitest'
import { ChangeWatch } from '../../../../../src-main/engine/retained/change-watch'
import type { ThrowawaySession } from '../../../../../src-main/engine/connection/throwaway-session'
import { message } from '../../support/retained-message'

const NEVER = new AbortController().signal

/** A broker that has these messages, and a watch on what was listed of them. */
function watching(listed: Readonly<Record<string, string>>, version: '5.0' | '3.1.1') {
  const has = new Map(Object.entries(listed))
  const watch = new ChangeWatch(Object.entries(listed).map(([topic, payload]) => message(topic, payload)))
  const asked: string[] = []
  const say = (topic: string, payload: string, retain: boolean): void => {
    const bytes = Buffer.from(`${topic}${payload}`)
    const topicBytes = Buffer.from(topic)
    const fields = { retain, qos: 0, payloadStart: topicBytes.length, end: bytes.length, propertiesStart: 0, propertiesEnd: 0 }
    watch.intake.take(bytes, 0, fields as Parameters<typeof watch.intake.take>[2], topicBytes, 0, topicBytes.length)
  }
  const subscribe = ({ filter }: { filter: string }) => {
    asked.push(filter)
    const payload = has.get(filter)
    if (payload !== undefined) say(filter, payload, true)
    return Promise.resolve({ kind: 'granted', qos: 0 })
  }
  const session = { mqtt: { version, subscribe }, unless: (work: Promise<unknown>) => work } as unknown as ThrowawaySession
  return { watch, session, has, say, asked }
}

describe('a watch on retained messages', () => {
  it('finds what is another one than was listed, at once when the broker has told all', async () => {
    const { watch, session, has, asked } = watching({ same: '1', other: '1', gone: '1' }, '5.0')
    has.set('other', '2')
    has.delete('gone')
    await watch.begin(session, ['#'], NEVER)
    expect(asked).toEqual(['same', 'other', 'gone'])
    expect(['same', 'other', 'gone'].map((topic) => watch.hasChanged(topic))).toEqual([false, true, false])
  })

  it('goes by the flag of live messages with MQTT 5.0', async () => {
    const { watch, session, say } = watching({ a: '1', b: '1' }, '5.0')
    await watch.begin(session, ['#'], NEVER)
    say('a', 'passing', false)
    say('b', '2', true)
    expect([watch.hasChanged('a'), watch.isDoubtful('a'), watch.hasChanged('b')]).toEqual([false, false, true])
    say('b', '1', true)
    expect(watch.hasChanged('b')).toBe(false)
  })

  it('asks again before 5.0, where a live message may have been kept or not', async () => {
    const { watch, session, has, say, asked } = watching({ passing: '1', kept: '1', quiet: '1' }, '3.1.1')
    await watch.begin(session, ['#'], NEVER)
    say('passing', '2', false)
    say('kept', '2', false)
    say('quiet', '1', false)
    expect(['passing', 'kept', 'quiet'].map((topic) => watch.isDoubtful(topic))).toEqual([true, true, false])
    has.set('kept', '2')
    asked.length = 0
    await watch.settleDoubts(session, NEVER)
    expect(asked).toEqual(['passing', 'kept'])
    expect(['passing', 'kept'].map((topic) => watch.isDoubtful(topic))).toEqual([false, false])
    expect(['passing', 'kept'].map((topic) => watch.hasChanged(topic))).toEqual([false, true])
  })
})
