import { describe, expect, it } from 'vitest'
import type { Rows } from '@shared/collections/rows'
import { AppError } from '@shared/ipc/app-error'
import type { FormatChoice } from '@shared/payload/reading'
import { MessageMaker } from '../../../../../src-main/engine/runs/message-maker'
import type { EncodeText, TemplateMessage } from '../../../../../src-main/engine/runs/run-order'

const template = (topic: string, text: string, format: FormatChoice = { kind: 'json' }): TemplateMessage => ({
  kind: 'template',
  name: 'message',
  topic,
  text,
  format,
  qos: 1,
  retain: false,
})

const noEncoder: EncodeText = () => Promise.reject(new AppError('payload-not-encoded', 'no', { reason: 'not this one' }))

function makerOf(message: TemplateMessage, more: { rows?: Rows; variables?: Record<string, string>; encode?: EncodeText } = {}) {
  return new MessageMaker({ messages: [message], rows: more.rows ?? null, variables: more.variables ?? {} }, more.encode ?? noEncoder)
}

async function made(maker: MessageMaker, row = 0, keeps = true) {
  const result = await maker.make({ round: 0, row, message: 0 })
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  if (keeps) result.keep()
  return [result.message.topic, Buffer.from(result.message.payload).toString()]
}

async function fault(maker: MessageMaker) {
  const result = await maker.make({ round: 0, row: 0, message: 0 })
  return result.ok ? null : result.fault
}

describe('MessageMaker', () => {
  it('gives topic and payload the values of the row, and of the environment', async () => {
    const rows = { columns: ['id', 'set point'], rows: [['p1', '20'], ['p2', '21.5']] }
    const maker = makerOf(template('{{env.site}}/{{row.id}}', '{"set":{{row.[set point]}}}'), { rows, variables: { 'env.site': 'hh' } })
    expect(await made(maker, 0)).toEqual(['hh/p1', '{"set":20}'])
    expect(await made(maker, 1)).toEqual(['hh/p2', '{"set":21.5}'])
  })

  it('counts the messages that were sent, and not those that were only made', async () => {
    const maker = makerOf(template('t', '{{counter}}'))
    expect((await made(maker))[1]).toBe('1')
    expect((await made(maker, 0, false))[1]).toBe('2')
    expect((await made(maker))[1]).toBe('2')
  })

  it('has other formats encoded elsewhere, and passes on why they are not', async () => {
    const encode: EncodeText = (text, { kind }) => Promise.resolve(Uint8Array.from(Buffer.from(`${kind}:${text}`)))
    expect(await made(makerOf(template('t', '{{counter}}', { kind: 'cbor' }), { encode }))).toEqual(['t', 'cbor:1'])
    expect(await fault(makerOf(template('t', '1', { kind: 'cbor' })))).toEqual({ kind: 'payload', reason: 'not this one' })
  })

  it('says what is wrong with a message that cannot be made', async () => {
    expect(await fault(makerOf(template('a/{{row.id}}', '')))).toEqual({ kind: 'template', part: 'topic', fault: 'unknown-variable', name: 'row.id' })
    expect(await fault(makerOf(template('a', '{{')))).toMatchObject({ kind: 'template', part: 'payload', fault: 'unclosed' })
    expect(await fault(makerOf(template('a/{{env.x}}', ''), { variables: { 'env.x': '#' } }))).toEqual({ kind: 'topic', topic: 'a/#', fault: 'wildcard' })
    expect(await fault(makerOf(template('a', '{'), {}))).toEqual({ kind: 'payload', reason: 'invalid-json' })
  })
})
