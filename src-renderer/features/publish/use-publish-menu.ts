import { Eraser, FilePlus2, FileUp, History, Layers, LibraryBig, Thermometer, Undo2 } from '@lucide/vue'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { MAX_PUBLISH_TABS } from '@shared/publish/publish-tabs'
import { withoutPayload } from '../../mqtt/payload-text'
import type { MenuItem } from '../../ui/menu-item'
import { newTab, reopened, withTab } from './publish-tab'
import type { PublishDeskUse } from './use-publish-desk'

/** What opens elsewhere. */
interface Elsewhere {
  chooseFile(): void
  buildSensorMessage(): void
  showHistory(): void
  editEnvironments(): void
  /** Keeps the message among those saved. */
  save(): void
}

/** What can be done beyond writing and sending. */
export function usePublishMenu(publishing: PublishDeskUse, elsewhere: Elsewhere, designNotes: Ref<boolean>): Readonly<Ref<readonly MenuItem[]>> {
  const { t } = useI18n({ useScope: 'global' })
  const { desk, draft, changeRow, change } = publishing
  return computed(() => [
    {
      label: t('publish.tabs.add'),
      icon: FilePlus2,
      disabled: desk.value.row.tabs.length >= MAX_PUBLISH_TABS,
      onSelect: () => changeRow((row) => withTab(row, newTab())),
    },
    {
      label: t('publish.tabs.reopen'),
      icon: Undo2,
      disabled: desk.value.row.closed.length === 0,
      onSelect: () => changeRow(reopened),
    },
    'separator',
    { label: t('publish.file.choose'), icon: FileUp, onSelect: elsewhere.chooseFile },
    { label: t('publish.sensor.menu'), icon: Thermometer, onSelect: elsewhere.buildSensorMessage },
    { label: t('publish.emptyPayload'), icon: Eraser, onSelect: () => change((now) => ({ ...withoutPayload(now), file: null })) },
    'separator',
    { label: t('publish.history.title'), icon: History, onSelect: elsewhere.showHistory },
    { label: t('publish.environments.title'), icon: Layers, onSelect: elsewhere.editEnvironments },
    { label: t('publish.design.label'), checked: designNotes.value, onSelect: () => (designNotes.value = !designNotes.value) },
    'separator',
    { label: t('publish.saveMessage'), icon: LibraryBig, disabled: draft.value.file !== null, onSelect: elsewhere.save },
  ])
}
