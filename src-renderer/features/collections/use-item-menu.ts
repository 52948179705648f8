import { ArrowDown, ArrowUp, Copy, Download, Folder, FolderInput, FolderRoot, Pencil, Play, Trash2 } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import { MAX_FOLDER_DEPTH, type Collection, type Item } from '@shared/collections/collection'
import { folderDepth, placeOf } from '@shared/collections/collection-tree'
import { request } from '../../bridge/client'
import { isolate } from '../../i18n/isolate'
import { useReport } from '../../i18n/report'
import type { MenuItem } from '../../ui/menu-item'
import { useToasts } from '../../ui/toasts'
import { useCollectionsStore } from './collections-store'

/** What can be done with an item. */
export function useItemMenu(actions: { run(item: Item): void; rename(item: Item): void }): (item: Item) => MenuItem[] {
  const { t } = useI18n()
  const report = useReport()
  const toasts = useToasts()
  const store = useCollectionsStore()

  async function exportFolder(folderId: string): Promise<void> {
    const saved = await request('collections.export', { folderId })
    if (saved !== null) toasts.show({ tone: 'ok', title: t('collections.exported', { n: saved.messages, name: isolate(saved.name) }, saved.messages) })
  }

  /** The folders an item can go into, as entries; a folder goes neither into itself nor too deep. */
  function targets(items: Collection, item: Item, level = 1): MenuItem[] {
    return items.flatMap((folder): MenuItem[] => {
      if (folder.kind !== 'folder' || folder.id === item.id) return []
      const label = `${'\u2003'.repeat(level - 1)}${isolate(folder.name)}`
      const tooDeep = level + folderDepth([item]) > MAX_FOLDER_DEPTH
      const entry = { label, icon: Folder, disabled: tooDeep, onSelect: () => void store.moveTo(item, folder.id).catch(report) }
      return [entry, ...targets(folder.children, item, level + 1)]
    })
  }

  return (item) => {
    const place = placeOf(store.items, item.id)
    const top = { label: t('collections.top'), icon: FolderRoot, onSelect: () => void store.moveTo(item, null).catch(report) }
    return [
      { label: t(`collections.run.start.${item.kind}`), icon: Play, onSelect: () => actions.run(item) },
      'separator',
      { label: t('collections.rename'), icon: Pencil, shortcut: 'F2', onSelect: () => actions.rename(item) },
      {
        label: t('collections.duplicate'),
        icon: Copy,
        onSelect: () => void store.duplicate(item, t('collections.copyOf', { name: item.name }).slice(0, 200)).catch(report),
      },
      { label: t('collections.moveUp'), icon: ArrowUp, shortcut: 'Alt+↑', disabled: place?.index === 0, onSelect: () => void store.moveBy(item, -1).catch(report) },
      { label: t('collections.moveDown'), icon: ArrowDown, shortcut: 'Alt+↓', onSelect: () => void store.moveBy(item, 1).catch(report) },
      { label: t('collections.moveTo'), icon: FolderInput, items: [top, ...targets(store.items, item)] },
      ...(item.kind === 'folder'
        ? [{ label: t('collections.export'), icon: Download, onSelect: () => void exportFolder(item.id).catch(report) }]
        : []),
      'separator',
      { label: t('collections.delete'), icon: Trash2, shortcut: 'Del', danger: true, onSelect: () => void store.remove(item).catch(report) },
    ]
  }
}
