import { describe, expect, it } from 'vitest'
import { parseOptions } from '../../bench/options'

describe('parseOptions', () => {
  it('measures everything, thoroughly, unless told otherwise', () => {
    const { benches, effort, json } = parseOptions([])
    expect(benches).toEqual(['ingest', 'topics', 'acl', 'app'])
    expect(effort).toMatchObject({ rounds: 5, messages: null, quick: false })
    expect(json).toBeNull()
  })

  it('takes names and numbers', () => {
    const options = parseOptions(['app', '--quick', '--rounds', '2', '--messages=20000', '--json', 'x.json', 'ingest'])
    expect(options.benches).toEqual(['ingest', 'app'])
    expect(options.effort).toMatchObject({ rounds: 2, messages: 20_000, quick: true })
    expect(options.json).toBe('x.json')
  })

  it('is quick with one round', () => {
    expect(parseOptions(['--quick']).effort.rounds).toBe(1)
  })

  it.each([['speed'], ['--rounds', '0'], ['--rounds', 'two'], ['--messages', '12345'], ['--slow']])('refuses %s %s', (...args) => {
    expect(() => parseOptions(args)).toThrow()
  })
})
