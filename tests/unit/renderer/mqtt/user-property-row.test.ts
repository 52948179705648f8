import { expect, it } from 'vitest'
import { rowsOf, userPropertiesOf } from '../../../../src-renderer/mqtt/user-property-row'

it('user properties keep order, repeated names and empty values; a row with nothing in it is none', () => {
  const properties = [
    { name: 'b', value: '' },
    { name: '__proto__', value: '1' },
    { name: 'b', value: '2' },
    { name: '', value: 'nameless' },
  ]
  expect(userPropertiesOf(rowsOf(properties))).toEqual(properties)
  expect(userPropertiesOf(rowsOf([{ name: '', value: '' }]))).toEqual([])
  const [first, second] = rowsOf([{ name: 'b', value: '' }, { name: 'b', value: '' }])
  expect(first?.key).not.toBe(second?.key)
})
