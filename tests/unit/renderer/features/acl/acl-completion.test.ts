import { describe, expect, it } from 'vitest'
import { completionsIn } from '../../../../../src-renderer/features/acl/acl-completion'

const source = { users: () => ['bob', 'eve'], topicsLike: (typed: string) => Promise.resolve([`${typed}live`]) }
const offered = async (before: string) => {
  const { start, items } = await completionsIn(before, source)
  return { start, texts: items.map(({ text }) => text) }
}

describe('what the editor offers', () => {
  it.each([
    ['', 0, ['topic', 'user', 'pattern']],
    ['to', 0, ['topic', 'user', 'pattern']],
    ['  to', 2, ['topic', 'user', 'pattern']],
    ['user ', 5, ['bob', 'eve']],
    ['user b', 5, ['bob', 'eve']],
    ['topic ', 6, ['read', 'write', 'readwrite', 'deny', 'live']],
    ['topic read ', 11, ['live']],
    ['topic read a/', 11, ['a/live']],
    ['pattern write a/%', 14, ['a/%c', 'a/%u', 'a/%live']],
    ['# top', 5, []],
    ['foo bar', 7, []],
  ])('behind %j', async (before, start, texts) => {
    expect(await offered(before)).toEqual({ start, texts })
  })
})
