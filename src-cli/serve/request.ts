import { accessSchema, brokerVersionSchema } from '@shared/acl/question'
import { z } from '@shared/schema'

const loadSchema = z.object({ op: z.literal('load'), acl: z.string(), version: brokerVersionSchema.default('2.0') })
const decideSchema = z.object({
  op: z.literal('decide'),
  username: z.string().nullable(),
  client_id: z.string(),
  access: accessSchema,
  topic: z.string(),
})
const matchSchema = z.object({ op: z.literal('match'), filter: z.string(), topic: z.string() })
const topicSchema = z.object({ op: z.literal('topic'), s: z.string() })
const filterSchema = z.object({ op: z.literal('filter'), s: z.string() })

const requestSchema = z.discriminatedUnion('op', [loadSchema, decideSchema, matchSchema, topicSchema, filterSchema])
export type ServeRequest = z.infer<typeof requestSchema>

export type ReadRequest =
  | { readonly ok: true; readonly request: ServeRequest }
  /** `load`: it was meant to be one, so that what was loaded before is no longer what is asked about. */
  | { readonly ok: false; readonly error: string; readonly load: boolean }

const OPS = requestSchema.options.map(({ shape }) => shape.op.value)
const decoder = new TextDecoder('utf-8', { fatal: true })

const refused = (error: string, load = false): ReadRequest => ({ ok: false, error, load })

/** Reads a line of input as a request. */
export function readRequest(bytes: Uint8Array): ReadRequest {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch (error) {
    return refused(error instanceof SyntaxError ? 'malformed JSON' : 'not UTF-8')
  }
  const parsed = requestSchema.safeParse(value)
  if (parsed.success) return { ok: true, request: parsed.data }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('a request is a JSON object')
  const op: unknown = 'op' in value ? value.op : undefined
  if (op === undefined) return refused('op is missing')
  if (typeof op !== 'string' || !OPS.some((known) => known === op)) return refused(`unknown op; there are ${OPS.join(', ')}`)
  const fields: Record<string, unknown> = { ...value }
  const wrong = parsed.error.issues.map(({ path, message }) => {
    const field = path.join('.')
    return Object.hasOwn(fields, field) ? `${field}: ${message}` : `${field} is missing`
  })
  return refused(wrong.join('; '), op === 'load')
}
