import { describe, expect, it } from 'vitest'
import { environmentsSchema, environmentVariables, isVariableName, NO_ENVIRONMENTS } from '@shared/template/environments'

const PLANT = { id: '3c6ad9a5-3f0e-4d43-a0d4-5a1c2b4a5f10', name: 'Plant', variables: [{ name: 'site', value: 'north' }] }

describe('environments', () => {
  it('give the variables of the active one their full names', () => {
    expect(environmentVariables({ list: [PLANT], activeId: PLANT.id })).toEqual(new Map([['env.site', 'north']]))
    expect(environmentVariables({ list: [PLANT], activeId: null }).size).toBe(0)
    expect(environmentVariables(NO_ENVIRONMENTS).size).toBe(0)
  })

  it('are whole: the active one is there, and no name is there twice', () => {
    const accepts = (value: unknown): boolean => environmentsSchema.safeParse(value).success
    expect(accepts({ list: [PLANT], activeId: PLANT.id })).toBe(true)
    expect(accepts({ list: [], activeId: PLANT.id })).toBe(false)
    expect(accepts({ list: [{ ...PLANT, variables: [...PLANT.variables, ...PLANT.variables] }], activeId: null })).toBe(false)
  })

  it.each([['site', true], ['_a-1', true], ['1a', false], ['a b', false], ['a.b', false], ['', false], ['__proto__', true]])('%j as a name: %s', (name, isName) => {
    expect(isVariableName(name)).toBe(isName)
  })
})
