import { describe, expect, it } from 'vitest'
import { MAX_FOLDER_DEPTH, MAX_ITEMS } from '@shared/collections/collection'
import { collectionText, readCollection } from '@shared/collections/collection-file'
import { savedFolder, savedMessage } from '../../../support/saved-messages'

const folder = savedFolder('line', savedMessage('a', { payload: { kind: 'bytes', base64: 'AP8=' } }), savedFolder('deeper', savedMessage('b')))
const changed = (change: (file: { format: string; version: number; folder: Record<string, unknown> }) => unknown) =>
  readCollection(JSON.stringify(change(JSON.parse(collectionText(folder)) as Parameters<typeof change>[0])))

describe('a folder in a file', () => {
  it('comes back as it was written', () => {
    expect(readCollection(collectionText(folder))).toEqual({ ok: true, folder })
  })

  it('is not read from what is no such file', () => {
    expect(readCollection('{')).toMatchObject({ fault: 'not-json' })
    expect(readCollection('[]')).toMatchObject({ fault: 'no-collection' })
    expect(readCollection('{"format":"pubscope-profiles","version":1}')).toMatchObject({ fault: 'no-collection' })
    expect(changed((file) => ({ ...file, version: 2, folder: 'in a new form' }))).toMatchObject({ fault: 'newer' })
  })

  it('says where it is broken', () => {
    const broken = { ...folder, children: [savedMessage('ok'), { ...savedMessage('bad'), qos: 3 }] }
    expect(changed((file) => ({ ...file, folder: broken }))).toMatchObject({ fault: 'broken', where: 'folder.children.1.qos' })
    expect(changed((file) => ({ ...file, folder: { ...folder, extra: 1 } }))).toMatchObject({ fault: 'broken' })
  })

  it('is read under limits', () => {
    const many = savedFolder('many', ...Array.from({ length: 3 }, () => savedFolder('f', ...Array.from({ length: MAX_ITEMS / 3 }, () => savedMessage('m')))))
    expect(readCollection(collectionText(many))).toMatchObject({ fault: 'too-many' })
    const deep = Array.from({ length: MAX_FOLDER_DEPTH }).reduce<typeof folder>((inside) => savedFolder('f', inside), savedFolder('f'))
    expect(readCollection(collectionText(deep))).toMatchObject({ fault: 'too-deep' })
    expect(readCollection('['.repeat(1_000_000))).toMatchObject({ fault: 'too-deep' })
  })
})
