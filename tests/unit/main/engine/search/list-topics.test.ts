import { describe, expect, it } from 'vitest'
import { listTopics } from '../../../../../src-main/engine/search/list-topics'
import { TopicTreeBench } from '../../support/topic-tree-bench'

describe('listTopics', () => {
  const { tree } = TopicTreeBench.of('house/kitchen/temperature', 'house/Kitchen', 'garage')

  it('lists topics that had a message, not the levels above them, with a text in any case', async () => {
    expect((await listTopics(tree, '', 10)).topics.sort()).toEqual(['garage', 'house/Kitchen', 'house/kitchen/temperature'])
    expect((await listTopics(tree, 'KITCHEN', 10)).topics.sort()).toEqual(['house/Kitchen', 'house/kitchen/temperature'])
  })

  it('lists no more than asked for, and says how many there are', async () => {
    expect(await listTopics(tree, '', 1)).toMatchObject({ topics: { length: 1 }, total: 3 })
    expect(await listTopics(tree, 'house', 1)).toMatchObject({ topics: { length: 1 }, total: 2 })
  })
})
