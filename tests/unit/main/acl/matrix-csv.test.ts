import { parse } from 'papaparse'
import { describe, expect, it } from 'vitest'
import { matrixSchema } from '@shared/acl/matrix'
import { csvOfMatrix } from '../../../../src-main/acl/matrix-csv'

describe('a matrix as CSV', () => {
  it('has a column a client and a line a topic, and no formula', () => {
    const csv = csvOfMatrix({ clients: ['anonymous', '=cmd()'], rows: [{ topic: 'a,"b"', rights: '03' }, { topic: '@x', rights: '12' }] })
    expect(parse(csv, { skipEmptyLines: true }).data).toEqual([
      ['topic', 'anonymous', "'=cmd()"],
      ['a,"b"', '', 'rw'],
      ["'@x", 'r', 'w'],
    ])
  })

  it('is refused where a row does not fit its head, or it is too large', () => {
    expect(matrixSchema.safeParse({ clients: ['a'], rows: [{ topic: 't', rights: '01' }] }).success).toBe(false)
    const rows = Array.from({ length: 5_001 }, () => ({ topic: 't', rights: '0'.repeat(50) }))
    expect(matrixSchema.safeParse({ clients: Array.from({ length: 50 }, () => 'u'), rows }).success).toBe(false)
    expect(matrixSchema.safeParse({ clients: Array.from({ length: 50 }, () => 'u'), rows: rows.slice(1) }).success).toBe(true)
  })
})
