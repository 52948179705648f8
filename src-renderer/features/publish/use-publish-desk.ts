import { computed, shallowRef, watch, type Ref } from 'vue'
import type { FormatChoice } from '@shared/payload/reading'
import type { PayloadFormat } from '@shared/payload/format'
import { MAX_PUBLISH_TABS } from '@shared/publish/publish-tabs'
import type { EditablePayload, KeptAsBytes } from '@shared/payload/editable'
import { payloadTextOf, withFormat, type FormatFault } from '../../mqtt/payload-text'
import type { Draft, LoadedMessage } from './draft'
import { useEnvironmentsStore } from './environments-store'
import { usePublishStore, type PublishDesk } from './publish-store'
import { activeTab, changed, isBlank, newTab, withTab, type PublishTab, type TabRow } from './publish-tab'
import { useWrittenMessage, type ReadyMessage, type WrittenMessage } from './use-written-message'
import { editorFormat } from './writable-format'

/** Why the payload cannot be shown in the format last asked for. */
export interface RefusedFormat {
  readonly format: PayloadFormat
  readonly fault: FormatFault
}

/** The publish panel's state and what can be done with it. */
export interface PublishDeskUse extends WrittenMessage {
  readonly desk: Readonly<Ref<PublishDesk>>
  readonly tab: Readonly<Ref<PublishTab>>
  readonly draft: Readonly<Ref<Draft>>
  /** Whether the user has tried to publish: then an empty topic is worth a word. */
  readonly attempted: Ref<boolean>
  readonly refusedFormat: Readonly<Ref<RefusedFormat | null>>
  /** Why the loaded message in front is shown as bytes though there is more to read in them. */
  readonly keptAsBytes: Readonly<Ref<KeptAsBytes | null>>
  change(change: (draft: Draft) => Draft): void
  /** Changes the row of tabs; what became of the last publish stays with the tab it came from. */
  changeRow(change: (row: TabRow) => TabRow): void
  /** Begins another message: in the tab in front where it has nothing of the user's own, else in a new one. */
  open(draft: Draft, editable: EditablePayload): void
  changeFormat(format: PayloadFormat): void
  /** Has the text made into a format that no editor shows as it is. */
  encodeAs(choice: FormatChoice): void
  send(message: ReadyMessage): Promise<void>
  /** Sends a message again, exactly as it is. */
  resend(message: LoadedMessage): Promise<void>
  clearRetained(topic: string): Promise<void>
  cancelWaiting(): Promise<void>
}

/** The desk of the connection in front. */
export function usePublishDesk(connectionId: Readonly<Ref<string>>): PublishDeskUse {
  const store = usePublishStore()
  const environments = useEnvironmentsStore()
  const desk = computed(() => store.deskOf(connectionId.value))
  const tab = computed(() => activeTab(desk.value.row))
  const draft = computed(() => tab.value.draft)
  const written = useWrittenMessage(
    connectionId,
    draft,
    computed(() => environments.environmentsOf(connectionId.value)),
    computed(() => desk.value.counters),
  )
  const attempted = shallowRef(false)
  const refusedFormat = shallowRef<RefusedFormat | null>(null)
  const loaded = shallowRef<{ readonly tabId: string; readonly editable: EditablePayload } | null>(null)
  const keptAsBytes = computed(() => {
    if (loaded.value?.tabId !== tab.value.id || draft.value.original === null) return null
    const { editable } = loaded.value
    return editable.kind === 'plain' || editable.kind === 'text' ? null : editable
  })

  watch([connectionId, () => tab.value.id], () => {
    attempted.value = false
    refusedFormat.value = null
  })

  function change(edit: (draft: Draft) => Draft): void {
    desk.value.row = changed(desk.value.row, tab.value.id, (now) => ({ ...now, draft: edit(now.draft) }))
    refusedFormat.value = null
  }

  function changeRow(edit: (row: TabRow) => TabRow): void {
    const before = desk.value.row.activeId
    desk.value.row = edit(desk.value.row)
    if (desk.value.row.activeId !== before) desk.value.outcome = null
  }

  return {
    ...written,
    desk,
    tab,
    draft,
    attempted,
    refusedFormat,
    keptAsBytes,
    change,
    changeRow,
    open(next, editable) {
      const { row } = desk.value
      const isReplaceable = isBlank(tab.value) || draft.value.original !== null || row.tabs.length >= MAX_PUBLISH_TABS
      if (isReplaceable) change(() => next)
      else changeRow((now) => withTab(now, newTab(next)))
      loaded.value = { tabId: tab.value.id, editable }
      desk.value.outcome = null
      attempted.value = false
    },
    changeFormat(format) {
      const { payload } = written
      if (draft.value.encoding !== null && (format === 'hex' || format === 'base64') && payload.value.kind === 'bytes') {
        const { bytes } = payload.value
        change((now) => ({ ...now, ...payloadTextOf(bytes, format), original: null, encoding: null }))
        return
      }
      const result = withFormat(draft.value, format)
      // The text then stands for itself, no more for the bytes of another format.
      const others = draft.value.encoding === null ? {} : { encoding: null, original: null }
      if (result.ok) change(() => ({ ...result.draft, ...others }))
      refusedFormat.value = result.ok ? null : { format, fault: result.fault }
    },
    encodeAs(choice) {
      const format = editorFormat(choice)
      const result = withFormat(draft.value, format)
      // What is no text in this format cannot be shown: then it is begun anew.
      const text = result.ok ? result.draft.text : ''
      change((now) => ({ ...now, format, text, original: null, sealed: false, file: null, encoding: choice }))
    },
    async send({ message, payload, counters }) {
      attempted.value = false
      desk.value.counters = counters
      if (payload.kind === 'file') await store.publishFile(connectionId.value, payload.fileId, message)
      else {
        const clears = message.retain && payload.bytes.byteLength === 0
        await store.publish(connectionId.value, { ...message, payload: new Uint8Array(payload.bytes) }, clears)
      }
    },
    resend: (message) => store.publish(connectionId.value, { ...message, payload: new Uint8Array(message.payload) }, false),
    clearRetained: (topic) =>
      store.publish(connectionId.value, { topic, payload: new Uint8Array(), qos: 1, retain: true }, true),
    cancelWaiting: () => store.cancelWaiting(connectionId.value),
  }
}
