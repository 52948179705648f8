// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import { useAclStore } from '../../../../../src-renderer/features/acl/acl-store'
import { useCompareStore } from '../../../../../src-renderer/features/acl/compare-store'
import { useMatrixStore } from '../../../../../src-renderer/features/acl/matrix-store'
import { useMatrix } from '../../../../../src-renderer/features/acl/use-matrix'

const SEEN = ['a/1', 'a/2', 'b/1', 'c']

async function shownWith(rows: 'all' | 'differing' | 'granted' | 'changed', seen = SEEN) {
  useMatrixStore().rows = rows
  const scope = effectScope()
  const matrix = scope.run(() => useMatrix(ref(seen)))
  await flushPromises()
  const shown = matrix?.rows.value.map((place) => matrix.table.value.topics[place])
  scope.stop()
  return shown
}

describe('the rows of the matrix', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    useAclStore().text = 'topic read a/#\nuser u\ntopic read a/#\ntopic write b/1'
  })

  it('are all, those where users differ, or those where anything is granted', async () => {
    expect(await shownWith('all')).toEqual(SEEN)
    expect(await shownWith('differing')).toEqual(['b/1'])
    expect(await shownWith('granted')).toEqual(['a/1', 'a/2', 'b/1'])
  })

  it('come in the order of their topics, those of the broker itself last', async () => {
    expect(await shownWith('all', ['$SYS/x', 'b', 'a'])).toEqual(['a', 'b', '$SYS/x'])
  })

  it('are those that the compared version decides otherwise for anyone of either file', async () => {
    const compare = useCompareStore()
    compare.kind = 'pasted'
    compare.pasted = 'topic read a/#\nuser u\ntopic read a/1\ntopic write b/1\nuser v\ntopic read c'
    compare.marking = true
    expect(await shownWith('changed')).toEqual(['a/2', 'c'])
  })
})
