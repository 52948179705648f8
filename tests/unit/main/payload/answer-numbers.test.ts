import { describe, expect, it, vi } from 'vitest'
import { encode } from 'cbor2'
import type { Reading } from '@shared/payload/reading'
import type { NumbersRequest } from '../../../../src-main/engine/engine-api'
import { answerNumbers } from '../../../../src-main/payload/answer-numbers'
import type { PayloadThread } from '../../../../src-main/payload/payload-handlers'
import { PayloadReader } from '../../../../src-main/payload/payload-reader'

const CBOR: Reading = { compression: 'none', format: { kind: 'cbor' } }
const request = (payloads: Uint8Array[], contentType: string | null = null): NumbersRequest => ({
  requestId: 7,
  topic: 'a',
  messages: payloads.map((payload, index) => ({ sequence: index + 1, payload, contentType, payloadFormatIndicator: null })),
  paths: [['v'], ['list', 1]],
})

async function answer(asked: NumbersRequest, rule: Reading | null, thread?: PayloadThread): Promise<unknown[]> {
  const reader = new PayloadReader()
  const real: PayloadThread = { call: (method, ...args) => Promise.resolve(Reflect.apply(reader[method] as never, reader, args)) }
  const call = vi.fn((_method: string, ..._args: unknown[]) => Promise.resolve(null as never))
  await answerNumbers(asked, { call }, { readingFor: () => rule, schemasFor: () => [] }, thread ?? real)
  return call.mock.calls.filter(([method]) => method === 'takeNumbers').flat()
}

describe('answerNumbers', () => {
  it('reads numbers as the rules of the user say', async () => {
    const payloads = [{ v: 1.5, list: [0, 20n] }, { v: true }, { w: 1 }].map((value) => encode(value))
    expect(await answer(request([...payloads, Uint8Array.of(0xff)]), CBOR)).toEqual([
      'takeNumbers', 7, { byRule: true, numbers: [[1.5, 20], [1, null], [null, null], [null, null]] },
    ])
  })

  it('reads them as the messages say where there is no rule', async () => {
    const payloads = [encode({ v: 2 }), Buffer.from('{"v":3}')]
    expect(await answer(request(payloads, 'application/cbor'), null)).toEqual(['takeNumbers', 7, { byRule: false, numbers: [[2, null], [3, null]] }])
  })

  it('answers with nothing when reading took too long', async () => {
    const thread: PayloadThread = { call: () => Promise.reject(new Error('too long')) }
    expect(await answer(request([Uint8Array.of(1)]), null, thread)).toEqual(['takeNumbers', 7, { byRule: false, numbers: [[null, null]] }])
  })
})
