import { parseExpression, type Expression, type Term } from './expression'
import { callFunction } from './functions'
import type { TemplateFault, TemplateFaultReason } from './template-fault'
import type { TemplateScope, TemplateValue } from './template-scope'

/** Longest text that is read as a template, in characters. */
export const MAX_TEMPLATE_LENGTH = 4 * 1_024 * 1_024
/** Most expressions in a template. */
export const MAX_EXPRESSIONS = 10_000
/** Longest expression, braces included, in characters. */
export const MAX_EXPRESSION_LENGTH = 1_000
/** Longest text a template may become, in characters. */
export const MAX_RENDERED_LENGTH = 16 * 1_024 * 1_024

/** An expression and where it stands, in UTF-16 units. */
interface Tag {
  readonly expression: Expression
  readonly offset: number
  readonly length: number
}

/** A template that was read: text that stays, and the expressions between. */
export interface Template {
  readonly parts: readonly (string | Tag)[]
}

export type ParsedTemplate = { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly fault: TemplateFault }
export type RenderedTemplate = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: TemplateFault }

type Failed = { readonly ok: false; readonly fault: TemplateFault }

function failed(reason: TemplateFaultReason, offset: number, length: number): Failed {
  return { ok: false, fault: { reason, offset, length } }
}

/** Whether anything in the template is replaced. */
export function hasExpressions({ parts }: Template): boolean {
  return parts.some((part) => typeof part !== 'string')
}

/**
 * Reads the `{{expressions}}` of a text, in the syntax of Handlebars, without its blocks. `\{{` is a literal `{{`, and `\\{{` a
 * backslash before an expression. A tag ends at its first `}}`, so that `{"a":{{now}}}` is what it looks like.
 */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > MAX_TEMPLATE_LENGTH) return failed({ kind: 'template-too-long', most: MAX_TEMPLATE_LENGTH }, 0, text.length)
  const parts: (string | Tag)[] = []
  const known = new Map<string, Expression | null>()
  let tags = 0
  let done = 0
  for (let open = text.indexOf('{{'); open !== -1; open = text.indexOf('{{', done)) {
    const escape = escapeBefore(text, open, done)
    parts.push(text.slice(done, escape === 'none' ? open : open - 1))
    if (escape === 'braces') {
      parts.push('{{')
      done = open + 2
      continue
    }
    const end = endOfTag(text, open)
    if (end === null) {
      const rest = text.length - open
      if (rest <= MAX_EXPRESSION_LENGTH) return failed({ kind: 'unclosed' }, open, rest)
      return failed({ kind: 'expression-too-long', most: MAX_EXPRESSION_LENGTH }, open, MAX_EXPRESSION_LENGTH)
    }
    const source = text.slice(open, end)
    const expression = known.get(source) ?? parseExpression(source)
    if (expression === null) return failed({ kind: 'not-understood' }, open, source.length)
    known.set(source, expression)
    tags += 1
    if (tags > MAX_EXPRESSIONS) return failed({ kind: 'too-many-expressions', most: MAX_EXPRESSIONS }, open, source.length)
    parts.push({ expression, offset: open, length: source.length })
    done = end
  }
  parts.push(text.slice(done))
  return { ok: true, template: { parts } }
}

/** What a template becomes. One scope for the topic and the payload of a message: then both have the same time and count. */
export function renderTemplate({ parts }: Template, scope: TemplateScope): RenderedTemplate {
  const texts: string[] = []
  let length = 0
  for (const part of parts) {
    const value = typeof part === 'string' ? part : valueOf(part.expression, scope)
    const [offset, width] = typeof part === 'string' ? [0, 0] : [part.offset, part.length]
    if (typeof value === 'object') return failed(value, offset, width)
    const text = String(value)
    texts.push(text)
    length += text.length
    if (length > MAX_RENDERED_LENGTH) return failed({ kind: 'result-too-long', most: MAX_RENDERED_LENGTH }, offset, width)
  }
  return { ok: true, text: texts.join('') }
}

/** What backslashes before the braces at `open` stand for; those before `from` belong to something else. */
function escapeBefore(text: string, open: number, from: number): 'none' | 'braces' | 'backslash' {
  if (open - 1 < from || text[open - 1] !== '\\') return 'none'
  return open - 2 >= from && text[open - 2] === '\\' ? 'backslash' : 'braces'
}

/** Where the tag that begins at `open` is over; null when it is not, or not soon enough. What is quoted does not end it. */
function endOfTag(text: string, open: number): number | null {
  const last = Math.min(text.length, open + MAX_EXPRESSION_LENGTH)
  if (text.startsWith('{{!', open)) {
    const ending = text.startsWith('{{!--', open) ? '--}}' : '}}'
    const at = text.slice(0, last).indexOf(ending, open)
    return at === -1 ? null : at + ending.length
  }
  let quote: string | null = null
  for (let at = open + 2; at < last; at += 1) {
    const character = text.charAt(at)
    if (quote !== null) {
      if (character === '\\') at += 1
      else if (character === quote) quote = null
    } else if (character === '"' || character === "'") quote = character
    else if (character === '[') quote = ']'
    else if (text.startsWith('}}', at)) return at + 2
  }
  return null
}

function valueOf({ head, args }: Expression, scope: TemplateScope): TemplateValue | TemplateFaultReason {
  if (head.kind === 'literal') return args.length === 0 ? head.value : { kind: 'not-understood' }
  const values: TemplateValue[] = []
  for (const arg of args) {
    const value = termValue(arg, scope)
    if (value === undefined) return { kind: 'unknown-variable', name: nameOf(arg) }
    values.push(value)
  }
  const result = callFunction(head.name, values, scope)
  if (result === null) return { kind: 'wrong-arguments', name: head.name }
  if (result !== undefined) return result
  if (args.length > 0) return { kind: 'unknown-function', name: head.name }
  return termValue(head, scope) ?? { kind: 'unknown-variable', name: head.name }
}

function termValue(term: Term, { variables }: TemplateScope): TemplateValue | undefined {
  return term.kind === 'literal' ? term.value : variables.get(term.name)
}

function nameOf(term: Term): string {
  return term.kind === 'literal' ? String(term.value) : term.name
}
