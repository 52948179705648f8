import { describe, expect, it } from 'vitest'
import { MAX_COLUMNS, MAX_ROWS } from '@shared/collections/rows'
import { readRows } from '../../../../../src-main/payload/rows/read-rows'

const read = (text: string) => readRows(Buffer.from(text))
const fault = (bytes: Uint8Array) => {
  try {
    readRows(bytes)
  } catch (error) {
    return error
  }
  return null
}
const failing = (name: string, at = 0) => expect.objectContaining({ code: 'rows-unreadable', details: { fault: name, at } }) as unknown

describe('readRows', () => {
  it('reads the values of each row by the columns of the first, as RFC 4180 has it', () => {
    expect(read('id,name\r\n1,"a ""b"", c"\r\n2,"two\nlines"\r\n')).toEqual({ columns: ['id', 'name'], rows: [['1', 'a "b", c'], ['2', 'two\nlines']] })
  })

  it('finds out what parts the values, and needs none for a single column', () => {
    expect(read('a;b\n1;2')).toEqual({ columns: ['a', 'b'], rows: [['1', '2']] })
    expect(read('a\tb\n1\t2')).toEqual({ columns: ['a', 'b'], rows: [['1', '2']] })
    expect(read('id\n7\n8\n')).toEqual({ columns: ['id'], rows: [['7'], ['8']] })
  })

  it('leaves out a byte order mark, and empty lines', () => {
    expect(read('\uFEFFid,x\n\n1,2\n\n')).toEqual({ columns: ['id', 'x'], rows: [['1', '2']] })
  })

  it('says what is wrong, and where', () => {
    expect(fault(Uint8Array.of(0xff, 0xfe))).toEqual(failing('not-utf8'))
    expect(fault(Buffer.from('a,b'))).toEqual(failing('no-rows'))
    expect(fault(Buffer.from(''))).toEqual(failing('no-rows'))
    expect(fault(Buffer.from('a,b\n1,2\n3'))).toEqual(failing('uneven-row', 2))
    expect(fault(Buffer.from('a,,b\n1,2,3'))).toEqual(failing('unnamed-column', 2))
    expect(fault(Buffer.from('a,b,a\n1,2,3'))).toEqual(failing('column-twice', 3))
    expect(fault(Buffer.from('a,b\n1,"2'))).toMatchObject({ details: { fault: 'open-quote' } })
  })

  it('is read under limits', () => {
    expect(fault(Buffer.from(`a\n${'1\n'.repeat(MAX_ROWS + 1)}`))).toEqual(failing('too-many-rows'))
    expect(read(`a\n${'1\n'.repeat(MAX_ROWS)}`).rows).toHaveLength(MAX_ROWS)
    const wide = Array.from({ length: MAX_COLUMNS + 1 }, (_, index) => `c${index}`).join()
    expect(fault(Buffer.from(`${wide}\n${wide}`))).toEqual(failing('too-many-columns'))
  })
})
