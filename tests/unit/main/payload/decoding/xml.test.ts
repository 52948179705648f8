import { describe, expect, it } from 'vitest'
import { layOutXml } from '../../../../../src-main/payload/decoding/lay-out-xml'
import { formOf, structuredValue } from '../../../../../src-main/payload/decoding/structured-value'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { bytesOf, messageOf, readingOf, rendered, shownText } from '../../../../support/read-payload'

const valueOf = (xml: string) => structuredValue(messageOf(bytesOf(xml)), readingOf({ as: 'xml' }))

describe('XML', () => {
  it('is laid out an element a line', () => {
    expect(shownText(bytesOf('<?xml version="1.0"?><a x="1"><!-- c --><b>21.5</b><c/><d><e></e></d></a>'), { as: 'xml' })).toBe(
      ['<?xml version="1.0"?>', '<a x="1">', '  <!-- c -->', '  <b>21.5</b>', '  <c/>', '  <d>', '    <e></e>', '  </d>', '</a>'].join('\n'),
    )
  })

  it.each([
    '<a>one <b>two</b> three</a>',
    '<a>  </a>',
    '<a><![CDATA[<b> & ]]><b/></a>',
    `<a x='>' y="'<!--" z="&lt;&#10;">t &amp; u</a>`,
  ])('keeps %s as it came', (xml) => {
    expect(shownText(bytesOf(xml), { as: 'xml' })).toBe(xml)
  })

  it('changes nothing but white space between elements', () => {
    const xml = `<?pi x?><a>\n<b k="v>w">t <i>u</i>\n</b><!-- <c> --><c>\t<d/>\r\n<e> x </e></c></a>`
    const words = (text: string): string => text.replace(/>\s+</g, '><')
    expect(words(shownText(bytesOf(xml), { as: 'xml' }))).toBe(words(xml))
  })

  it('is laid out no longer than allowed', () => {
    const xml = '<a>'.repeat(100) + '<b/>'.repeat(1_000) + '</a>'.repeat(100)
    expect(layOutXml(xml, 10_000)).toBeNull()
    expect(layOutXml(xml)?.split('\n')).toHaveLength(1_200)
  })

  it.each(['', 'text', '<a>', '<a></b>', '<a x=1/>', '<a/><b/>', '<a><b></a></b>', '<1/>', '<__proto__>1</__proto__>'])('is not %j, which is shown as it came', (text) => {
    expect(rendered(bytesOf(text), { as: 'xml' })).toMatchObject({
      format: 'xml',
      body: { language: 'xml', text },
      fault: { format: 'xml', reason: { kind: 'malformed' } },
    })
  })

  it('has a value: elements, attributes and text as members, numbers as numbers', () => {
    expect(valueOf('<r id="7"><t unit="C">21.5</t><s>on</s><s>007</s><e/><x>a&lt;b</x></r>')).toEqual({
      ok: true,
      value: { r: { '@id': 7, t: { '@unit': 'C', '#text': 21.5 }, s: ['on', '007'], e: '', x: 'a<b' } },
    })
  })

  // As Python's xmltodict has them, which leaves elements without content null.
  it.each([
    ['<a b="1 &gt; 0">x&#65;&#x42;&amp;</a>', { a: { '@b': '1 > 0', '#text': 'xAB&' } }],
    ['<r><s>on</s><t u="C">v</t><s>off</s></r>', { r: { s: ['on', 'off'], t: { '@u': 'C', '#text': 'v' } } }],
    ['<a><b>t</b>tail</a>', { a: { b: 't', '#text': 'tail' } }],
    ['<ns:a xmlns:ns="u"><ns:b>c</ns:b></ns:a>', { 'ns:a': { '@xmlns:ns': 'u', 'ns:b': 'c' } }],
    ['<a><![CDATA[<x> &amp;]]></a>', { a: '<x> &amp;' }],
    ['<a>  </a>', { a: '  ' }],
    ['<a hasOwnProperty="x"><toString>y</toString><hasOwnProperty/></a>', { a: { '@hasOwnProperty': 'x', toString: 'y', hasOwnProperty: '' } }],
  ])('stands for what other programs make of it: %s', (xml, value) => {
    expect(valueOf(xml)).toEqual({ ok: true, value })
  })

  it('has the numbers as they were written, and as text what is no number', () => {
    const form = formOf('xml', '<a><n>1.50</n><n>-0</n><n>1e5</n><n> 7 </n><n>12345678901234567890</n><n>+5</n><n>.5</n><n>1e999</n><n>true</n></a>')
    expect(form).toEqual({ ok: true, json: '{"a":{"n":[1.50,-0,1e5,7,"12345678901234567890","+5",".5","1e999",true]}}' })
  })

  it.each(['<a>&nbsp;</a>', '<a b="&"/>', '<a>&#0;</a>', '<a>&#xD800;</a>', '<a>&#x110000;</a>', '<a/>tail'])('is not %j, though its tags are in order', (text) => {
    expect(rendered(bytesOf(text), { as: 'xml' })).toMatchObject({ body: { text }, fault: { format: 'xml', reason: { kind: 'malformed' } } })
  })

  it('is written as typed, once it is checked', () => {
    expect(Buffer.from(encode('<a>ü</a>', { kind: 'xml' }, [])).toString()).toBe('<a>ü</a>')
    expect(() => encode('<a>\n  <b></a>', { kind: 'xml' }, [])).toThrowError(
      expect.objectContaining({ code: 'payload-not-encoded', details: { reason: expect.stringContaining("'b'") as string, position: 9 } }),
    )
    expect(() => encode('<!DOCTYPE a><a/>', { kind: 'xml' }, [])).toThrowError(expect.objectContaining({ details: expect.objectContaining({ position: 0 }) as object }))
  })
})
