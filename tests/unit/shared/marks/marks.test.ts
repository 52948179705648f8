import { describe, expect, it } from 'vitest'
import { marksSchema, NO_MARKS, type Marks } from '@shared/marks/marks'

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `t/${index}`)

describe('marks', () => {
  it.each<Partial<Marks>>([{}, { favourites: ['a', '/a', '$SYS/x'], hidden: ['a/#', '+/b', '#'] }, { favourites: many(100), hidden: many(100) }])(
    'may be %j',
    (marks) => {
      expect(marksSchema.parse({ ...NO_MARKS, ...marks })).toEqual({ ...NO_MARKS, ...marks })
    },
  )

  it.each<Partial<Marks>>([
    { favourites: [''] },
    { favourites: ['a/#'] },
    { favourites: ['a', 'a'] },
    { favourites: ['x'.repeat(65_536)] },
    { favourites: many(101) },
    { hidden: [''] },
    { hidden: ['a#'] },
    { hidden: ['a', 'a'] },
    { hidden: many(101) },
  ])('may not be %j', (marks) => {
    expect(marksSchema.safeParse({ ...NO_MARKS, ...marks }).success).toBe(false)
  })
})
