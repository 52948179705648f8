import { expect, it } from 'vitest'
import { UndoShelf } from '../../../../src-main/retained/undo-shelf'
import { message } from '../support/retained-message'

it('lists what an owner deleted, newest first, and nobody else', () => {
  const shelf = new UndoShelf()
  shelf.put('me', ['a/#'], [message('a/1'), message('a/2')])
  shelf.put('me', ['b/#'], [message('b/1')])
  shelf.put('you', ['#'], [message('c')])
  shelf.put('me', ['nothing'], [])
  expect(shelf.list('me')).toMatchObject([{ count: 1, filters: ['b/#'] }, { count: 2, filters: ['a/#'] }])
  const [yours] = shelf.list('you')
  expect(shelf.find('me', yours?.deletionId ?? 0)).toBeUndefined()
})

it('lets the oldest go, of whomever, for what is newer', () => {
  const shelf = new UndoShelf(100)
  const messages = (bytes: number) => [message('t', 'x'.repeat(bytes))]
  shelf.put('me', ['1'], messages(40))
  shelf.put('you', ['2'], messages(40))
  expect([0, 20, 21, 61].map((bytes) => shelf.displacedBy(bytes))).toEqual([0, 0, 1, 2])
  shelf.put('me', ['3'], messages(30))
  expect(shelf.list('me')).toMatchObject([{ filters: ['3'] }])
  expect(shelf.list('you')).toHaveLength(1)
})

it('keeps what is still to be brought back', () => {
  const shelf = new UndoShelf()
  shelf.put('me', ['#'], [message('a'), message('b')])
  const id = shelf.list('me')[0]?.deletionId ?? 0
  shelf.keepOnly(id, new Set(['b']))
  expect(shelf.find('me', id)?.messages.map(({ topic }) => topic)).toEqual(['b'])
  shelf.keepOnly(id, new Set())
  expect(shelf.list('me')).toEqual([])
})
