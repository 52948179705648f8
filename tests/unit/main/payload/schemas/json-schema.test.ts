import { describe, expect, it } from 'vitest'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { validateJson } from '../../../../../src-main/payload/schemas/json-schema'

const ID = '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a05'
const file = (schema: unknown, name = 'a.json', id = ID): SchemaFile => ({ id, name, kind: 'json-schema', text: JSON.stringify(schema) })
/** What is wrong, with the text that is marked. */
function problems(text: string, schema: unknown, ...others: SchemaFile[]) {
  return validateJson(text, [file(schema), ...others], ID).map(({ pointer, message, offset, length }) => ({ pointer, message, marked: text.slice(offset, offset + length) }))
}

const READING = {
  type: 'object',
  required: ['value'],
  properties: {
    value: { type: 'number', maximum: 100 },
    unit: { enum: ['°C', 'K'] },
    at: { type: 'string', format: 'date-time' },
    tags: { type: 'array', items: { type: 'string' } },
    'a/b': { type: 'boolean' },
  },
  additionalProperties: false,
}

describe('JSON by its schema', () => {
  it('is fine, or every fault is told with its place', () => {
    expect(problems('{"value": 5, "unit": "K", "at": "2026-01-31T12:00:00Z"}', READING)).toEqual([])
    expect(problems('{"value": 500, "unit": "F", "at": "today", "tags": ["a", 5], "a/b": 1, "extra": 1}', READING)).toEqual([
      { pointer: '', message: 'must NOT have additional properties: extra', marked: '"extra"' },
      { pointer: '/value', message: 'must be <= 100', marked: '500' },
      { pointer: '/unit', message: 'must be equal to one of the allowed values: "°C", "K"', marked: '"F"' },
      { pointer: '/at', message: 'must match format "date-time"', marked: '"today"' },
      { pointer: '/tags/1', message: 'must be string', marked: '5' },
      { pointer: '/a~1b', message: 'must be boolean', marked: '1' },
    ])
    expect(problems('{}', READING)).toEqual([{ pointer: '', message: "must have required property 'value'", marked: '{}' }])
  })

  it('follows references to other files', () => {
    const unit = file({ $defs: { unit: { type: 'string' } } }, 'unit.json', '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a06')
    expect(problems('5', { $ref: 'unit.json#/$defs/unit' }, unit)).toMatchObject([{ message: 'must be string' }])
  })

  it.each<[string, unknown]>([
    ['is none', { type: 5 }],
    ['is no object', 5],
    ['is of another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }],
    ['is of a draft nobody knows', { $schema: 'https://example.com/draft' }],
    ['calls itself the same', { $id: 'https://example.com/a' }],
  ])('does not mind that another file of the library %s', (_what, other) => {
    const schema = { $id: 'https://example.com/a', type: 'number' }
    const others = [file(other, 'b.json', '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a06'), file(other, 'c.json', '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a07')]
    expect(problems('"x"', schema, ...others)).toMatchObject([{ message: 'must be number' }])
  })

  it('refers to a file of another draft', () => {
    const other = file({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' }, 'b.json', '0b7c7c0e-6c2f-4b57-8d3a-8c0e6a2f6a06')
    expect(problems('5', { $ref: 'b.json' }, other)).toMatchObject([{ message: 'must be string' }])
  })

  it('nested without end is told, by any schema', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000)
    for (const schema of [{}, { items: { $ref: '#' } }]) expect(problems(text, schema)).toMatchObject([{ message: 'is nested deeper than 200 levels' }])
  })

  it('is not judged when it is no JSON, or the schema is none', () => {
    expect(problems('{oops', READING)).toEqual([])
    expect(problems('{}', { type: 'nonsense' })).toEqual([])
  })

  it('has so many faults at most', () => {
    expect(problems(JSON.stringify(Array.from({ length: 10_000 }, String)), { items: { type: 'number' } })).toHaveLength(100)
  })
})
