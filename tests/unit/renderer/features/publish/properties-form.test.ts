import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_PUBLISH_PROPERTIES, type PublishProperties } from '@shared/message/publish-properties'
import {
  countOfProperties,
  EMPTY_PROPERTIES_FORM,
  formOfKept,
  keptFormOf,
  propertiesFormOf,
  propertiesOfForm,
  saysNothing,
} from '../../../../../src-renderer/features/publish/properties-form'

const propertiesOf = (form: typeof EMPTY_PROPERTIES_FORM): PublishProperties | null => {
  const read = propertiesOfForm(form)
  return read.ok ? read.properties : null
}
const wrongIn = (change: Partial<typeof EMPTY_PROPERTIES_FORM>) => {
  const read = propertiesOfForm({ ...EMPTY_PROPERTIES_FORM, ...change })
  return read.ok ? [] : [...read.wrong]
}

describe('the form of the properties', () => {
  it('says nothing at first', () => {
    expect(propertiesOf(EMPTY_PROPERTIES_FORM)).toEqual(NO_PUBLISH_PROPERTIES)
    expect(saysNothing(EMPTY_PROPERTIES_FORM)).toBe(true)
    expect(saysNothing({ ...EMPTY_PROPERTIES_FORM, mayUseTopicAlias: false })).toBe(false)
  })

  it('gives back what a message had, to the byte, also after it was kept', () => {
    const text = fc.string({ minLength: 1, maxLength: 20 }).filter((one) => !/[\0\n]/.test(one))
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 30 }), fc.constantFrom('a\nb', 'a\r\nb\r').map((lines) => new TextEncoder().encode(lines)))
    const properties = fc.record({
      payloadFormatIndicator: fc.constantFrom(null, 0 as const, 1 as const),
      messageExpirySeconds: fc.option(fc.nat(0xffff_ffff)),
      contentType: fc.option(fc.oneof(text, fc.constant(''))),
      responseTopic: fc.option(text.filter((one) => !/[+#]/.test(one))),
      correlationData: fc.option(bytes),
      userProperties: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
      mayUseTopicAlias: fc.boolean(),
    })
    fc.assert(
      fc.property(properties, (said) => {
        const form = propertiesFormOf({ ...said, correlationData: said.correlationData === null ? null : Uint8Array.from(said.correlationData) })
        const read = propertiesOf(formOfKept(keptFormOf(form)))
        expect(read).toEqual(said)
      }),
    )
  })

  it('names what is wrong', () => {
    expect(wrongIn({ responseTopic: 'a/#' })).toEqual(['responseTopic'])
    expect(wrongIn({ correlation: '0', correlationAs: 'hex' })).toEqual(['correlationData'])
    expect(wrongIn({ expiry: { count: Number.NaN, unit: 's' } })).toEqual(['messageExpirySeconds'])
    expect(wrongIn({ expiry: { count: 49_711, unit: 'd' } })).toEqual(['messageExpirySeconds'])
    expect(wrongIn({ contentType: 'a\0' })).toEqual(['contentType'])
    expect(wrongIn({ userProperties: [{ key: 1, name: 'x'.repeat(70_000), value: '' }] })).toEqual(['userProperties'])
  })

  it('counts what is said', () => {
    const form = { ...EMPTY_PROPERTIES_FORM, contentType: 'x', userProperties: [{ key: 1, name: 'a', value: '' }, { key: 2, name: '', value: '' }] }
    expect(countOfProperties(form)).toBe(2)
  })
})
