import { nextTick, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { MessageSummary } from '@shared/message/message'
import type { TopicFrame, ViewFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'

interface OpenView {
  readonly target: Ref<{ readonly connectionId: string; readonly spec: ViewSpec } | null>
  readonly frame: ShallowRef<ViewFrame | null>
}

/** Stands in for `bridge/use-view`: notes what is looked at, and shows what the test says. */
export class FakeViews {
  readonly open: OpenView[] = []

  readonly useView = (target: OpenView['target']) => {
    const view = { target, frame: shallowRef<ViewFrame | null>(null) }
    this.open.push(view)
    return { frame: view.frame, viewId: shallowRef(1), error: shallowRef(null) }
  }

  /** What is looked at now. */
  get specs(): ViewSpec[] {
    return this.open.flatMap(({ target }) => target.value?.spec ?? [])
  }

  /** Has a turn of the page pass, then shows each view what `answer` makes of its spec; null: nothing new. */
  async show(answer: (spec: ViewSpec) => ViewFrame | null): Promise<void> {
    await nextTick()
    for (const { target, frame } of this.open) {
      frame.value = target.value === null ? null : (answer(target.value.spec) ?? frame.value)
    }
    await nextTick()
  }
}

export const messageOf = (sequence: number): MessageSummary => ({
  sequence,
  receivedAtMs: 1_700_000_000_000 + sequence,
  qos: 0,
  retain: false,
  dup: false,
  payloadBytes: 3,
  preview: `m${sequence}`,
})

/** What the engine says of a topic's messages: those with numbers up to `newest`, of which those before `oldest` were let go. */
export function topicFrameOf(spec: SpecOf<'topic'>, newest: number, oldest = 1): TopicFrame {
  const top = spec.newest ?? newest
  const kept = Math.max(0, top - oldest + 1)
  const rows = Math.max(0, Math.min(spec.rowCount, kept - spec.firstRow))
  return {
    kind: 'topic',
    topic: spec.topic,
    messages: newest,
    kept,
    newer: newest - Math.max(top, oldest - 1),
    subtopics: 0,
    firstRow: spec.firstRow,
    history: Array.from({ length: rows }, (_, index) => messageOf(top - spec.firstRow - index)),
  }
}
