import { z } from '@shared/schema'

/*
 * How XML is written as JSON. An element without attributes that holds no others is its text; any other is an object:
 *   attributes       "@name", first
 *   elements         by their names, in the order the names come first; several of a name are a list
 *   text beside them "#text", pieces one after the other: where among the elements they stood is not kept
 * Text with a point, digits and an exponent as JSON writes numbers is that number, digit by digit, unless it has more digits than
 * a number holds; `true` and `false` are truth values. White space between elements, comments and instructions are left out.
 */

export const CDATA = '#cdata'
const TEXT = '#text'
const ATTRIBUTES = ':@'

/** What the library makes of XML in order: objects whose one key is a name, or that of text; attributes stand beside it. */
export const nodesSchema = z.array(z.record(z.string(), z.unknown()))
type Nodes = z.infer<typeof nodesSchema>

/** Nodes as JSON. @throws {Error} they refer to what XML does not know */
export function xmlForm(nodes: Nodes): string {
  const members = new Map<string, string[]>()
  let text = ''
  for (const node of nodes) {
    const [name = '', content] = Object.entries(node).find(([key]) => key !== ATTRIBUTES) ?? []
    if (name === TEXT) text += resolved(String(content))
    else if (name === CDATA) text += nodesSchema.parse(content).map((part) => String(part[TEXT])).join('')
    else listed(members, name).push(elementForm(nodesSchema.parse(content), node[ATTRIBUTES]))
  }
  if (members.size === 0) return scalarForm(text)
  return objectForm([...members, ...(text.trim() === '' ? [] : [[TEXT, [scalarForm(text)]] as const])])
}

function elementForm(content: Nodes, attributes: unknown): string {
  const inner = xmlForm(content)
  if (attributes === undefined) return inner
  const own = Object.entries(attributes as object).map(([name, value]) => [name, [scalarForm(resolved(String(value)))]] as const)
  const isObject = inner.startsWith('{')
  if (isObject) return `${objectForm(own).slice(0, -1)},${inner.slice(1)}`
  return objectForm(inner === '""' ? own : [...own, [TEXT, [inner]]])
}

function listed(members: Map<string, string[]>, name: string): string[] {
  const list = members.get(name) ?? []
  members.set(name, list)
  return list
}

function objectForm(members: readonly (readonly [name: string, values: readonly string[]])[]): string {
  const pairs = members.map(([name, values]) => `${JSON.stringify(name)}:${values.length === 1 ? (values[0] ?? '') : `[${values.join(',')}]`}`)
  return `{${pairs.join(',')}}`
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** As many significant digits as every double keeps. */
const MOST_DIGITS = 15

function scalarForm(text: string): string {
  const word = text.trim()
  if (word === 'true' || word === 'false') return word
  const isNumber = word.length < 40 && NUMBER.test(word) && word.replace(/[eE].*|\D/g, '').length <= MOST_DIGITS && Number.isFinite(Number(word))
  return isNumber ? word : JSON.stringify(text)
}

const NAMED = new Map([['lt', '<'], ['gt', '>'], ['amp', '&'], ['quot', '"'], ['apos', "'"]])

/** Text with what its references stand for (XML 1.0, 4.1 and 4.6). */
function resolved(text: string): string {
  return text.replace(/&(?:#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));|([^;&\s]{1,40});)?/g, (reference, hex?: string, decimal?: string, name?: string) => {
    const character = name !== undefined ? NAMED.get(name) : characterOf(hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? 0))
    if (character === undefined) throw new Error(`“${reference}” refers to no character`)
    return character
  })
}

/** XML 1.0, 2.2. */
function characterOf(code: number): string | undefined {
  const isAllowed = [9, 10, 13].includes(code) || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000)
  return isAllowed ? String.fromCodePoint(code) : undefined
}
