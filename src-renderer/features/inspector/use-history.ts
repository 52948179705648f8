import { computed, shallowRef, watch, type Ref } from 'vue'
import type { MessageSummary } from '@shared/message/message'
import type { TopicFrame } from '@shared/views/view-frame'
import { MAX_WINDOW_ROWS } from '@shared/views/view-spec'
import { windowAround, type RowRange } from '../../ui/row-window'
import { useTopicFrame, type HistoryWindow } from './use-topic-frame'

/** Newest messages that are always there: as many as the tallest window shows, and enough to tell their rhythm. */
const NEWEST_ROWS = 100

/** An older message, held open, and its row in the list. */
export interface OpenMessage {
  readonly sequence: number
  readonly row: number
}

/**
 * The messages of a topic, newest first. *Live*, row 0 is the newest, whatever comes. *Held*, the list stands still:
 * row 0 stays the message it was, and what comes is counted only.
 */
export interface History {
  /** The newest messages and the counters, whether held or not. */
  readonly latest: Readonly<Ref<TopicFrame | null>>
  /** What the list shows. */
  readonly listed: Readonly<Ref<TopicFrame | null>>
  readonly error: Readonly<Ref<unknown>>
  readonly isHeld: Readonly<Ref<boolean>>
  /** Rows the list has, of which only those near what is in sight are fetched. */
  readonly total: Readonly<Ref<number>>
  /** Messages that came after row 0. */
  readonly newer: Readonly<Ref<number>>
  /** The message held open; null while the latest is followed. */
  readonly opened: Readonly<Ref<OpenMessage | null>>
  rowAt(row: number): MessageSummary | undefined
  /** Tells which rows are in sight. */
  look(rows: RowRange): void
  /** Makes the list stand still, at the message that is newest now. */
  hold(): void
  /** Holds a row's message open: as soon as it has come, where it has not been fetched yet. */
  openRow(row: number): void
  /** Holds a message open wherever it stands: the list begins with it unless it is among the newest. */
  openSequence(sequence: number): void
  /** The row that is, or will be, held open; null while the latest is followed. */
  readonly wantedRow: Readonly<Ref<number | null>>
  /** Follows the latest message again. */
  goLive(): void
}

/** Pages the messages of a topic out of the log. */
export function useHistory(connectionId: Readonly<Ref<string>>, topic: Readonly<Ref<string | null>>): History {
  /** The list as it was when it was held: shown until the held rows come. */
  const heldFrom = shallowRef<TopicFrame | null>(null)
  /** Sequence number of row 0 while held. */
  const anchor = shallowRef<number | null>(null)
  const opened = shallowRef<OpenMessage | null>(null)
  const awaitedRow = shallowRef<number | null>(null)
  const inSight = shallowRef<RowRange>({ first: 0, count: 0 })

  const newestWindow: HistoryWindow = { newest: null, firstRow: 0, rowCount: NEWEST_ROWS }
  const newest = useTopicFrame(connectionId, topic, shallowRef(newestWindow))

  const fetched = computed(() => windowAround(inSight.value, MAX_WINDOW_ROWS))
  const firstRow = computed(() => fetched.value.first)
  const rowCount = computed(() => fetched.value.count)
  const heldWindow = computed<HistoryWindow | null>(() =>
    anchor.value === null ? null : { newest: anchor.value, firstRow: firstRow.value, rowCount: rowCount.value },
  )
  const held = useTopicFrame(connectionId, topic, heldWindow)

  const listed = computed(() => (anchor.value === null ? newest.frame.value : (held.frame.value ?? heldFrom.value)))
  const total = computed(() => {
    const frame = listed.value
    if (frame === null) return 0
    // A last value outlives its place in the log.
    return frame.history.length === 0 ? frame.kept : Math.max(frame.kept, frame.firstRow + frame.history.length)
  })
  const rowAt = (row: number) => listed.value?.history[row - listed.value.firstRow]

  function goLive(): void {
    anchor.value = null
    heldFrom.value = null
    opened.value = null
    awaitedRow.value = null
  }

  function holdFrom(sequence: number, frame: TopicFrame): void {
    heldFrom.value = frame
    anchor.value = sequence
  }

  function hold(): void {
    const frame = newest.frame.value
    const first = frame?.history[0]
    if (anchor.value === null && frame !== null && first !== undefined) holdFrom(first.sequence, frame)
  }

  function openAwaited(): void {
    if (awaitedRow.value === null || total.value === 0) return
    const row = Math.min(awaitedRow.value, total.value - 1)
    const message = rowAt(row)
    if (message === undefined) return
    opened.value = { sequence: message.sequence, row }
    awaitedRow.value = null
  }

  function openRow(row: number): void {
    if (total.value === 0) return
    hold()
    awaitedRow.value = Math.max(0, Math.min(row, total.value - 1))
    openAwaited()
  }

  function openSequence(sequence: number): void {
    if (opened.value?.sequence === sequence) return
    const frame = newest.frame.value
    const row = frame?.history.findIndex((message) => message.sequence === sequence) ?? -1
    if (anchor.value === null && row >= 0) return openRow(row)
    if (frame === null) return
    goLive()
    holdFrom(sequence, { ...frame, kept: 0, history: [] })
    opened.value = { sequence, row: 0 }
  }

  watch([connectionId, topic], goLive, { flush: 'sync' })
  watch(listed, openAwaited, { flush: 'sync' })

  return {
    latest: newest.frame,
    listed,
    error: computed(() => newest.error.value ?? held.error.value),
    isHeld: computed(() => anchor.value !== null),
    total,
    newer: computed(() => (anchor.value === null ? 0 : (held.frame.value?.newer ?? 0))),
    opened,
    rowAt,
    look: (rows) => (inSight.value = rows),
    hold,
    openRow,
    openSequence,
    wantedRow: computed(() => awaitedRow.value ?? opened.value?.row ?? null),
    goLive,
  }
}
