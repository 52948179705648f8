import { z } from '@shared/schema'
import type { TemplateScope, TemplateValue } from './template-scope'

const MAX_DECIMALS = 15
const DEFAULT_DECIMALS = 2
const MAX_COUNTER_NAME_LENGTH = 200

/** A function of templates: null when the arguments do not suit it. */
type TemplateFunction = (args: readonly TemplateValue[], scope: TemplateScope) => TemplateValue | null

/** A function that takes arguments of this shape. */
function taking<Args extends readonly unknown[]>(
  schema: z.ZodType<Args>,
  call: (args: Args, scope: TemplateScope) => TemplateValue | null,
): TemplateFunction {
  return (args, scope) => {
    const parsed = schema.safeParse(args)
    return parsed.success ? call(parsed.data, scope) : null
  }
}

const between = z.union([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number(), z.int().min(0).max(MAX_DECIMALS)])])

const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  [
    'now',
    taking(z.union([z.tuple([]), z.tuple([z.enum(['ms', 'seconds', 'iso'])])]), ([unit = 'ms'], { nowMs }) => {
      if (unit === 'iso') return new Date(nowMs).toISOString()
      return unit === 'seconds' ? Math.floor(nowMs / 1_000) : nowMs
    }),
  ],
  ['uuid', taking(z.tuple([]), (_args, { uuid }) => uuid())],
  [
    'random',
    taking(between, ([from, to, decimals = DEFAULT_DECIMALS], { random }) =>
      from > to || !Number.isFinite(to - from) ? null : (from + random() * (to - from)).toFixed(decimals),
    ),
  ],
  [
    'randomInt',
    taking(z.tuple([z.int(), z.int()]), ([from, to], { random }) => (from > to ? null : from + Math.floor(random() * (to - from + 1)))),
  ],
  [
    'counter',
    taking(z.union([z.tuple([]), z.tuple([z.string().min(1).max(MAX_COUNTER_NAME_LENGTH)])]), ([name = ''], { count }) => count(name)),
  ],
  ['json', taking(z.tuple([z.union([z.string(), z.number(), z.boolean()])]), ([value]) => JSON.stringify(value))],
])

/** The names of all functions, for completion. */
export const TEMPLATE_FUNCTIONS: readonly string[] = [...FUNCTIONS.keys()]

/** Undefined when there is no such function, null when the arguments do not suit it. */
export function callFunction(name: string, args: readonly TemplateValue[], scope: TemplateScope): TemplateValue | null | undefined {
  const call = FUNCTIONS.get(name)
  return call === undefined ? undefined : call(args, scope)
}
