import { describe, expect, it } from 'vitest'
import { completionsAt, wordAround } from '../../../../src-renderer/ui/json-schema-completion'

const SCHEMA = {
  $defs: { unit: { enum: ['°C', 'bar'] }, loop: { $ref: '#/$defs/loop' } },
  type: 'object',
  properties: {
    value: { type: 'number', description: 'as measured' },
    unit: { $ref: '#/$defs/unit' },
    ok: { type: 'boolean' },
    kind: { const: 'sensor' },
    nested: { allOf: [{ properties: { deep: { items: { properties: { x: {} } } } } }] },
    loop: { $ref: '#/$defs/loop' },
    constructor: {},
  },
}

/** `|` is where the cursor is. */
function labels(marked: string, schema: unknown = SCHEMA): string[] {
  const offset = marked.indexOf('|')
  return completionsAt(schema, marked.replace('|', ''), offset).map(({ label }) => label)
}

describe('completion by a JSON Schema', () => {
  it('offers the properties that are not there yet', () => {
    expect(labels('{"value": 1, |}')).toEqual(['unit', 'ok', 'kind', 'nested', 'loop', 'constructor'])
    expect(labels('{"|"}')).toContain('value')
    expect(labels('{"nested": {"|"}}')).toEqual(['deep'])
    expect(labels('{"nested": {"deep": [{"|"}]}}')).toEqual(['x'])
  })

  it('offers the values there can be', () => {
    expect(labels('{"unit": |}')).toEqual(['"°C"', '"bar"'])
    expect(labels('{"ok": |}')).toEqual(['true', 'false'])
    expect(labels('{"kind": "|"}')).toEqual(['"sensor"'])
    expect(labels('{"value": |}')).toEqual([])
  })

  it('comes to an end on schemas that do not, or that are none', () => {
    expect(labels('{"loop": |}')).toEqual([])
    for (const schema of [null, true, 3, 'x', [], { $ref: 'https://elsewhere' }, { $ref: '#/a/b' }, { properties: 1, allOf: {} }]) {
      expect(labels('{"|"}', schema)).toEqual([])
    }
  })

  it.each([
    ['{"va|l": 1}', '"val"'],
    ['{"a": tr|}', 'tr'],
    ['{"a": |}', ''],
    ['{"a": "b|', '"b'],
  ])('takes the place of the word at the cursor: %s', (marked, word) => {
    const text = marked.replace('|', '')
    const { start, end } = wordAround(text, marked.indexOf('|'))
    expect(text.slice(start, end)).toBe(word)
  })
})
