import { parseWithoutProcessing } from '@handlebars/parser'
import { z } from '@shared/schema'

const MAX_ARGUMENTS = 10

const literalSchema = z.union([
  z.object({ type: z.literal('StringLiteral'), value: z.string() }),
  z.object({ type: z.literal('NumberLiteral'), value: z.number() }),
  z.object({ type: z.literal('BooleanLiteral'), value: z.boolean() }),
])

/** `a.b`, without `this`, `..` and `@`. */
const pathSchema = z.object({
  type: z.literal('PathExpression'),
  this: z.literal(false),
  data: z.literal(false),
  depth: z.literal(0),
  parts: z.array(z.string()).min(1),
})

const termSchema = z
  .union([literalSchema, pathSchema])
  .transform((node): Term => (node.type === 'PathExpression' ? { kind: 'name', name: node.parts.join('.') } : { kind: 'literal', value: node.value }))

/** Of all that Handlebars knows, only this: `{{term}}` or `{{name term …}}`. */
const programSchema = z.object({
  body: z.tuple([
    z.union([
      z.object({ type: z.literal('CommentStatement') }),
      z.object({
        type: z.literal('MustacheStatement'),
        path: termSchema,
        params: z.array(termSchema).max(MAX_ARGUMENTS),
        hash: z.undefined(),
        escaped: z.literal(true),
        strip: z.object({ open: z.literal(false), close: z.literal(false) }),
      }),
    ]),
  ]),
})

/** A value written out, or the name of a variable or function. */
export type Term = { readonly kind: 'literal'; readonly value: string | number | boolean } | { readonly kind: 'name'; readonly name: string }

/** What stands between `{{` and `}}`. */
export interface Expression {
  readonly head: Term
  readonly args: readonly Term[]
}

/** Reads one tag, `{{…}}`; null when it is none of ours. A comment is the empty text. */
export function parseExpression(tag: string): Expression | null {
  const program = programSchema.safeParse(syntaxTreeOf(tag))
  if (!program.success) return null
  const [statement] = program.data.body
  if (statement.type === 'CommentStatement') return { head: { kind: 'literal', value: '' }, args: [] }
  return { head: statement.path, args: statement.params }
}

function syntaxTreeOf(tag: string): unknown {
  try {
    return parseWithoutProcessing(tag)
  } catch {
    // The parser throws at every mistake, in words that mean nothing to whoever writes a payload.
    return null
  }
}
