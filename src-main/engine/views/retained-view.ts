import type { RetainedFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { RetainedDesk } from '../retained/retained-desk'
import { rowOf } from '../retained/retained-message'
import type { View } from './view'

/** The list of retained messages, a window of it, and what is being done with them. It goes on while the views are paused. */
export class RetainedView implements View {
  constructor(
    private readonly desk: RetainedDesk,
    private spec: SpecOf<'retained'>,
  ) {}

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'retained') return false
    this.spec = spec
    return true
  }

  pauseChanged(): void {
    // What was asked for is never frozen.
  }

  frame(): RetainedFrame {
    const { list, asked, task, outcome } = this.desk
    const { firstRow, rowCount, order } = this.spec
    const showing = list.inOrder(order)
    return {
      kind: 'retained',
      asked: asked === null ? null : { filters: [...asked.filters], refusals: [...asked.refusals], end: asked.end },
      task,
      outcome,
      listed: list.count,
      listedBytes: list.bytes,
      selected: list.selected,
      selectedBytes: list.selectedBytes,
      firstRow,
      totalRows: showing.length,
      rows: showing
        .slice(firstRow, firstRow + rowCount)
        .map((message) => rowOf(message, list.isSelected(message.topic), list.remarkOn(message.topic))),
    }
  }
}
