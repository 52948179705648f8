import { describe, expect, it } from 'vitest'
import { events, requests } from '@shared/ipc/contract'
import { viewFrameSchema } from '@shared/views/view-frame'
import type { z } from '@shared/schema'
import { schemasWithin, type SchemaAt } from '../../../support/schema-walk'

const roots: SchemaAt[] = [
  ...Object.entries(requests).flatMap(([channel, { args, result }]) => [
    { path: `${channel}.args`, schema: args },
    { path: `${channel}.result`, schema: result },
  ]),
  ...Object.entries(events).map(([channel, schema]) => ({ path: channel, schema })),
  { path: 'frame', schema: viewFrameSchema },
]
const all = roots.flatMap(({ path, schema }) => schemasWithin(schema, path))
const defOf = (schema: z.core.$ZodType) => (schema as z.core.$ZodTypes)._zod.def

describe('the contract', () => {
  it('names its channels by room and deed, none twice', () => {
    const channels = [...Object.keys(requests), ...Object.keys(events)]
    for (const channel of channels) expect(channel).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
    expect(new Set(channels).size).toBe(channels.length)
  })

  it('refuses unknown keys in every object', () => {
    const loose = all.filter(({ schema }) => {
      const def = defOf(schema)
      return def.type === 'object' && defOf(def.catchall ?? viewFrameSchema).type !== 'never'
    })
    expect(loose.map(({ path }) => path)).toEqual([])
    expect(all.filter(({ schema }) => defOf(schema).type === 'object').length).toBeGreaterThan(30)
  })

  it('lets nothing unchecked through', () => {
    expect(all.filter(({ schema }) => ['any', 'unknown'].includes(defOf(schema).type)).map(({ path }) => path)).toEqual([])
  })

  it('takes no list and no topic of any length from the page', () => {
    const isBounded = (schema: z.core.$ZodType): boolean => (defOf(schema).checks ?? []).some((check) => check._zod.def.check === 'max_length')
    const lists = all.filter(({ path, schema }) => path.includes('.args') && defOf(schema).type === 'array')
    expect(lists.filter(({ schema }) => !isBounded(schema)).map(({ path }) => path)).toEqual([])
    expect(lists.length).toBeGreaterThan(10)
    const filter = 'x'.repeat(65_536)
    const connectionId = crypto.randomUUID()
    expect(requests['connections.unsubscribe'].args.safeParse({ connectionId, filter }).success).toBe(false)
    expect(requests['connections.subscribe'].args.safeParse({ connectionId, subscription: { filter, qos: 0 } }).success).toBe(false)
  })

  it('never tells the page a password', () => {
    const told = all.filter(({ path }) => !path.includes('.args'))
    expect(told.filter(({ path }) => /password$|secret/i.test(path)).map(({ path }) => path)).toEqual([])
  })

  it('parses a request without an argument, and none with one too many', () => {
    expect(requests['app.read-info'].args.safeParse(undefined).success).toBe(true)
    for (const argument of [null, {}, 0]) expect(requests['app.read-info'].args.safeParse(argument).success).toBe(false)
    const connectionId = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
    const schema = requests['connections.connect'].args
    expect(schema.safeParse({ connectionId }).success).toBe(true)
    expect(schema.safeParse({ connectionId, force: true }).success).toBe(false)
    expect(schema.safeParse({ connectionId: '../etc' }).success).toBe(false)
  })

  it('takes payloads as bytes only', () => {
    const publish = (payload: unknown, topic = 'a') =>
      requests['messages.publish'].args.safeParse({
        connectionId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f',
        message: { topic, payload, qos: 0, retain: false },
        keepTrying: false,
      }).success
    expect(publish(new Uint8Array())).toBe(true)
    expect(publish(Buffer.from('x'))).toBe(true)
    for (const payload of ['x', [1], null, new ArrayBuffer(1), { length: 1, 0: 1 }]) expect(publish(payload)).toBe(false)
    expect(publish(new Uint8Array(), 'a/#')).toBe(false)
    expect(publish(new Uint8Array(64 * 1024 * 1024 + 1))).toBe(false)
  })
})
