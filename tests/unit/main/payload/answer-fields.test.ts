import { describe, expect, it } from 'vitest'
import { encode } from 'cbor2'
import type { FieldValues } from '@shared/payload/field-value'
import type { Reading } from '@shared/payload/reading'
import type { FieldsRequest } from '../../../../src-main/engine/engine-api'
import { answerFields } from '../../../../src-main/payload/answer-fields'
import type { PayloadThread } from '../../../../src-main/payload/payload-handlers'
import { PayloadReader } from '../../../../src-main/payload/payload-reader'

const CBOR: Reading = { compression: 'none', format: { kind: 'cbor' } }

interface Payload {
  readonly bytes: Uint8Array
  readonly topic?: string
  readonly contentType?: string
}

function request(payloads: readonly Payload[]): FieldsRequest {
  const messages = payloads.map(({ bytes: payload, topic = 'a', contentType = null }, index) => ({ topic, sequence: index + 1, payload, contentType, payloadFormatIndicator: null }))
  return { requestId: 7, messages, paths: [['v'], ['list', 1]], mostCharacters: 10 }
}

/** The real reader; it throws, as when its thread is ended, at these bytes. */
class Thread {
  readonly #reader = new PayloadReader()
  calls = 0

  constructor(private readonly deadly: Uint8Array | null = null) {}

  readonly thread: PayloadThread = {
    call: (method, ...args) => {
      this.calls += 1
      const [messages, , , , at] = args as unknown as Parameters<PayloadReader['readFields']>
      const dead = messages.findIndex(({ payload }) => this.deadly !== null && Buffer.compare(payload, this.deadly) === 0)
      if (dead < 0) return Promise.resolve(Reflect.apply(this.#reader[method] as never, this.#reader, args))
      at[0] = dead
      return Promise.reject(new Error('took too long'))
    },
  }
}

async function answer(asked: FieldsRequest, ruleFor: (topic: string) => Reading | null, thread = new Thread()): Promise<readonly FieldValues[] | undefined> {
  let answered: readonly FieldValues[] | undefined
  const call = (method: string, ...args: unknown[]): Promise<never> => {
    if (method === 'takeFields') answered = args[1] as readonly FieldValues[]
    return Promise.resolve(null as never)
  }
  await answerFields(asked, { call }, { readingFor: ruleFor, schemasFor: () => [] }, thread.thread).catch(() => undefined)
  return answered
}

const cbor = (value: unknown): Payload => ({ bytes: encode(value) })
const DEADLY = cbor({ v: 666 })

describe('answerFields', () => {
  it('reads fields as the rules of the user say, and tells what cannot be read from what lacks them', async () => {
    const payloads = [{ v: 1.5, list: [0, 2n ** 63n] }, { v: true, list: [0, { x: null }] }, { w: 1, list: [0, 'longer than ten'] }].map(cbor)
    expect(await answer(request([...payloads, { bytes: Uint8Array.of(0xff) }]), () => CBOR)).toEqual([[1.5, '9223372036…'], [true, '{"x":null}'], [null, 'longer tha…'], null])
  })

  it('reads them as the messages say where there is no rule', async () => {
    const payloads = [{ ...cbor({ v: 2 }), contentType: 'application/cbor' }, { bytes: Buffer.from('{"v":3}') }, { bytes: Uint8Array.of(0xff, 0xfe, 0x00) }]
    expect(await answer(request(payloads), () => null)).toEqual([[2, null], [3, null], null])
  })

  it('reads messages of many topics, each as its own rule says, and those of one rule together', async () => {
    const thread = new Thread()
    const payloads = [{ ...cbor({ v: 1 }), topic: 'a' }, { bytes: Buffer.from('{"v":2}'), topic: 'b' }, { ...cbor({ v: 3 }), topic: 'c' }, { ...cbor({ v: 4 }), topic: 'a' }]
    expect(await answer(request(payloads), (topic) => (topic === 'b' ? null : CBOR), thread)).toEqual([[1, null], [2, null], [3, null], [4, null]])
    expect(thread.calls).toBe(2)
  })

  it('leaves out alone what the thread does not survive', async () => {
    const thread = new Thread(DEADLY.bytes)
    expect(await answer(request([cbor({ v: 1 }), DEADLY, cbor({ v: 2 }), DEADLY, cbor({ v: 3 })]), () => CBOR, thread)).toEqual([[1, null], null, [2, null], null, [3, null]])
  })

  it('gives up a request that goes on to end the thread', async () => {
    const thread = new Thread(DEADLY.bytes)
    expect(await answer(request([...Array.from({ length: 100 }, () => DEADLY), cbor({ v: 1 })]), () => CBOR, thread)).toEqual(Array.from({ length: 101 }, () => null))
    expect(thread.calls).toBe(3)
  })

  it('answers even where nobody can say how to read', async () => {
    const failing = (): never => {
      throw new Error('the tab is gone')
    }
    expect(await answer(request([cbor({ v: 1 })]), failing)).toEqual([null])
  })
})
