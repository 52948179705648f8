import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { pathText, type FieldPath } from '@shared/payload/field-path'
import { useConnectionsStore } from '../features/connections/store'
import { useTableStore } from '../features/table/table-store'
import { isolate } from '../i18n/isolate'
import { useReport } from '../i18n/report'
import { useToasts } from '../ui/toasts'
import { useSelectionStore } from './selection-store'

/** The history table over the tab in front. */
export interface HistoryTableDesk {
  /** The topic filter it is of; null: none is open. */
  readonly topics: ComputedRef<string | null>
  show(topics: string): void
  close(): void
  /** Shows that of the selected topic and all below it, or of all topics. */
  showSelected(): void
  /** Gives a field of a topic's payloads a column in its tables. */
  pinColumn(field: { topic: string; path: FieldPath }): Promise<void>
}

export function useHistoryTable(): HistoryTableDesk {
  const { t } = useI18n({ useScope: 'global' })
  const report = useReport()
  const toasts = useToasts()
  const connections = useConnectionsStore()
  const selection = useSelectionStore()
  const store = useTableStore()

  const id = computed(() => connections.active?.id ?? null)
  const topics = computed(() => (id.value === null ? null : (store.open.get(id.value) ?? null)))
  const show = (filter: string): void => void (id.value !== null && store.open.set(id.value, filter))
  const close = (): void => void (id.value !== null && store.open.delete(id.value))

  return {
    topics,
    show,
    close,
    showSelected() {
      const selected = id.value === null ? null : selection.topicOf(id.value)
      show(selected === null ? '#' : `${selected}/#`)
    },
    async pinColumn({ topic, path }) {
      if (id.value === null) return
      try {
        await store.pinField(id.value, path, topic)
        const title = t('explore.columnPinned', { field: isolate(pathText(path)) })
        toasts.show({ tone: 'ok', title, text: t('explore.columnPinnedText') })
      } catch (error) {
        report(error)
      }
    },
  }
}
