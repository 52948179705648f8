import fc from 'fast-check'
import { parseTree, type Node } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import type { Expansion } from '@shared/payload/outline'
import { JsonIndex } from '../../../../../src-main/payload/documents/json-index'
import { JsonOutline } from '../../../../../src-main/payload/documents/json-outline'

const ALL: Expansion = { levels: 1_000, toggled: [] }
const CLOSED: Expansion = { levels: 0, toggled: [] }

function rowsOf(json: string, expansion: Expansion = ALL) {
  return new JsonOutline(new JsonIndex(json)).window(expansion, 0, 500).rows
}

const brief = (json: string, expansion: Expansion = ALL) =>
  rowsOf(json, expansion).map(({ level, key, text, expanded }) => `${level} ${key ?? ''} ${expanded === null ? text : expanded ? 'open' : 'closed'}`)

/** The values of a parse tree in the order of a tree that is open to the end. */
function valuesOf(node: Node, level = 1): { kind: string; level: number; start: number; end: number }[] {
  const children = (node.children ?? []).flatMap((child) => (child.type === 'property' ? (child.children ?? []).slice(1) : [child]))
  return [{ kind: node.type, level, start: node.offset, end: node.offset + node.length }, ...children.flatMap((child) => valuesOf(child, level + 1))]
}

describe('the index of a JSON text', () => {
  it('finds the values that a parser finds, each with its text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.integer({ min: 0, max: 4 }), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        const tree = parseTree(text)
        const index = new JsonIndex(text)
        const found = Array.from({ length: index.count }, (_, value) => ({
          kind: index.kindOf(value),
          level: index.levelOf(value),
          start: index.startOf(value),
          end: index.endOf(value),
        }))
        expect(found).toEqual(tree === undefined ? [] : valuesOf(tree))
      }),
    )
  })

  it('keeps numbers and duplicate keys as they were written', () => {
    expect(brief('{"a":12345678901234567890,"a":1.0,"b":1e400}')).toEqual(['1  open', '2 a 12345678901234567890', '2 a 1.0', '2 b 1e400'])
  })

  it.each(['{"a":[1,2', '{"a":', '[1,2,{"b":"c', '{"a" 1}', '[1 2]', 'nonsense', '}{', '', '{"a":"\\u00'])('reads what can be read of %s', (text) => {
    const index = new JsonIndex(text)
    for (let value = 0; value < index.count; value += 1) expect(index.endOf(value)).toBeLessThanOrEqual(text.length)
    expect(() => rowsOf(text)).not.toThrow()
  })

  it('gives up on what is nested too deeply, and says so', () => {
    const index = new JsonIndex('['.repeat(200_000))
    expect(index.count).toBeLessThan(2_000)
    expect(index.isCut).toBe(true)
  })
})

describe('the tree', () => {
  const json = '{"a":{"b":[1,{"c":true}]},"d":null}'

  it('shows what is open: by level, and otherwise where it was toggled', () => {
    expect(brief(json, CLOSED)).toEqual(['1  closed'])
    expect(brief(json, { levels: 1, toggled: [] })).toEqual(['1  open', '2 a closed', '2 d null'])
    expect(brief(json, { levels: 1, toggled: [['a'], ['a', 'b']] })).toEqual(['1  open', '2 a open', '3 b open', '4 0 1', '4 1 closed', '2 d null'])
    expect(brief(json, { levels: 9, toggled: [['a', 'b', 1]] })).toEqual(['1  open', '2 a open', '3 b open', '4 0 1', '4 1 closed', '2 d null'])
    expect(brief(json, { levels: 9, toggled: [[]] })).toEqual(['1  closed'])
  })

  it('opens at first as much as fits on a screen', () => {
    const many = JSON.stringify({ list: Array.from({ length: 5_000 }, (_, index) => ({ index })) })
    expect(brief(many, { levels: 'auto', toggled: [] })).toEqual(['1  open', '2 list closed'])
    expect(brief(json, { levels: 'auto', toggled: [] })).toEqual(brief(json, ALL))
  })

  it('tells of each row where it stands among its siblings, and the path to it', () => {
    expect(rowsOf(json).map(({ path, position, siblings }) => [path, position, siblings])).toEqual([
      [[], 1, 1],
      [['a'], 1, 2],
      [['a', 'b'], 1, 1],
      [['a', 'b', 0], 1, 2],
      [['a', 'b', 1], 2, 2],
      [['a', 'b', 1, 'c'], 1, 1],
      [['d'], 2, 2],
    ])
  })

  it('is looked at by windows that stay within it', () => {
    const outline = new JsonOutline(new JsonIndex(JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index))))
    expect(outline.window(ALL, 500, 3)).toMatchObject({ firstRow: 500, totalRows: 1_001, rows: [{ text: '499' }, { text: '500' }, { text: '501' }] })
    expect(outline.window(ALL, 5_000, 3)).toMatchObject({ firstRow: 998, rows: [{}, {}, { text: '999' }] })
  })

  it('gives the text of a value by its path, of duplicates the last', () => {
    const outline = new JsonOutline(new JsonIndex('{"a":1,"a":{ "b" : [1.0] },"":2}'))
    expect(outline.textAt([])).toBe('{"a":1,"a":{ "b" : [1.0] },"":2}')
    expect(outline.textAt(['a'])).toBe('{ "b" : [1.0] }')
    expect(outline.textAt(['a', 'b', 0])).toBe('1.0')
    expect(outline.textAt([''])).toBe('2')
    expect(outline.textAt(['a', 'x'])).toBeNull()
    expect(outline.textAt([0])).toBeNull()
  })

  it('has names for keys that are written with escapes, and for __proto__', () => {
    expect(rowsOf('{"\\u0061":1,"__proto__":2}').map(({ path }) => path)).toEqual([[], ['a'], ['__proto__']])
  })

  it('names no value that lies deeper than a path goes', () => {
    const rows = rowsOf('['.repeat(150) + '1' + ']'.repeat(150))
    expect(rows.at(-1)).toMatchObject({ path: null, text: '1', level: 151 })
  })
})
