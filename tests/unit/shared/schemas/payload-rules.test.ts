import { describe, expect, it } from 'vitest'
import { AUTOMATIC, type Reading } from '@shared/payload/reading'
import { payloadRulesSchema, ruleFor } from '@shared/schemas/payload-rules'
import { kindOfName } from '@shared/schemas/schema-file'

const hex: Reading = { compression: 'auto', format: { kind: 'hex' } }

describe('the rule of a topic', () => {
  it('is the first one that matches', () => {
    const rules = ['plant/press/raw', 'plant/+/raw', '#'].map((filter) => ({ filter, reading: hex }))
    expect(ruleFor(rules, 'plant/press/raw')).toBe(rules[0])
    expect(ruleFor(rules, 'plant/oven/raw')).toBe(rules[1])
    expect(ruleFor(rules, 'plant')).toBe(rules[2])
    expect(ruleFor([...rules].reverse(), 'plant/press/raw')).toBe(rules[2])
  })

  it('is none where none matches: wildcards at the front leave topics of the broker out', () => {
    expect(ruleFor([{ filter: '#', reading: hex }], '$SYS/uptime')).toBeNull()
    expect(ruleFor([], 'a')).toBeNull()
  })
})

describe('the rules on disk', () => {
  it('have valid filters only', () => {
    const withFilter = (filter: string) => ({ decoders: [{ filter, reading: AUTOMATIC }], validations: [] })
    expect(payloadRulesSchema.safeParse(withFilter('a/+')).success).toBe(true)
    for (const filter of ['', 'a+', '#/a']) expect(payloadRulesSchema.safeParse(withFilter(filter)).success).toBe(false)
  })
})

it('knows schema files by their names', () => {
  expect(['a.proto', 'B.AVSC', 'c.schema.json', 'd.txt', 'json'].map(kindOfName)).toEqual(['protobuf', 'avro', 'json-schema', null, null])
})
