import { describe, expect, it } from 'vitest'
import { eachBrokerLine } from '@shared/acl/broker-lines'

function seen(text: string): readonly (string | null)[] {
  const all: (string | null)[] = []
  const texts: string[] = []
  eachBrokerLine(text, (line, number, lineText) => {
    expect(number).toBe(all.push(line))
    texts.push(lineText)
  })
  // Whatever the broker makes of the lines, they are the file again.
  expect(texts.join('\n')).toBe(text)
  return all
}
const x = (count: number): string => 'x'.repeat(count)

describe('lines as Mosquitto reads them', () => {
  it('end at LF alone', () => {
    const text = 'a\r\nb\rc\u2028d\n\ne'
    expect(seen(text)).toEqual(['a\r', 'b\rc\u2028d', '', 'e'])
  })

  it.each([254, 256, 1_254, 1_256])('hold a last one of %d bytes without LF', (bytes) => {
    expect(seen(x(bytes))).toEqual([x(bytes)])
  })

  it.each([255, 1_255, 65_255])('lack a last one of %d bytes without LF', (bytes) => {
    expect(seen(x(bytes))).toEqual([null])
    expect(seen(`${x(bytes)}\n`)).toEqual([x(bytes), ''])
  })

  it('counts bytes and not characters', () => {
    expect(seen('é'.repeat(127) + 'a')).toEqual([null])
    expect(seen('\udcff'.repeat(255))).toEqual([null])
    expect(seen('é'.repeat(255))).toEqual(['é'.repeat(255)])
  })

  it('remembers how large its buffer grew', () => {
    expect(seen(`${x(254)}\n${x(255)}`)).toEqual([x(254), null])
    expect(seen(`${x(255)}\n${x(255)}`)).toEqual([x(255), x(255)])
    expect(seen(`${x(255)}\n${x(1_255)}`)).toEqual([x(255), null])
  })

  it('end for good at a NUL', () => {
    expect(seen('a\nb\0c\nd\ne')).toEqual(['a', 'b', null, null])
    expect(seen('a\0b')).toEqual(['a'])
    // There must be something left to read at last.
    expect(seen('a\0b\nc\n')).toEqual([null, null, null])
    expect(seen(`a\0b\n${x(1_000)}`)).toEqual([null, null])
    expect(seen(`a\0${x(253)}`)).toEqual([null])
  })
})
