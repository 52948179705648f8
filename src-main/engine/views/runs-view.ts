import type { RunsFrame } from '@shared/views/view-frame'
import type { ViewSpec } from '@shared/views/view-spec'
import type { Sending } from '../runs/sending'
import type { View } from './view'

/** How the runs and the exchange of a connection stand. They go on while the views are paused. */
export class RunsView implements View {
  constructor(private readonly sending: Pick<Sending, 'runs' | 'exchange'>) {}

  update(spec: ViewSpec): boolean {
    return spec.kind === 'runs'
  }

  pauseChanged(): void {
    // What is sent is never frozen.
  }

  frame(): RunsFrame {
    return { kind: 'runs', runs: this.sending.runs, exchange: this.sending.exchange }
  }
}
