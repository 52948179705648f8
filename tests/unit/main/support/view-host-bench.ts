import { unpackFrame } from '@shared/views/frame-codec'
import type { TreeFrame, ViewFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import type { EngineConfig, FieldsRequest } from '../../../../src-main/engine/engine-api'
import { PacketLog } from '../../../../src-main/engine/packet-log/packet-log'
import { Subscriptions } from '../../../../src-main/engine/connection/subscriptions'
import { FieldReader } from '../../../../src-main/engine/fields/field-reader'
import { FieldSource } from '../../../../src-main/engine/fields/field-source'
import { Arrivals } from '../../../../src-main/engine/runs/arrivals'
import { Sending } from '../../../../src-main/engine/runs/sending'
import { RetainedDesk } from '../../../../src-main/engine/retained/retained-desk'
import { ViewHost } from '../../../../src-main/engine/views/view-host'
import { noPublishes } from './fake-session'
import { Received } from './received'
import { TREE } from './tree-view-bench'

export const FRAME_MS = 50
export const topicSpec = (topic: string): SpecOf<'topic'> => ({ kind: 'topic', topic, newest: null, firstRow: 0, rowCount: 10 })

/** A host on messages of its own, and what it sends. */
export class ViewHostBench extends Received {
  readonly packets = new PacketLog()
  readonly sent: { readonly viewId: number; readonly frame: ViewFrame }[] = []
  readonly host: ViewHost

  readonly asked: FieldsRequest[] = []

  /** `acknowledges`: every frame at once, as a page that keeps up does; else the test does so. */
  constructor(acknowledges = false, config: Partial<EngineConfig> = {}) {
    super(config)
    const publisher = noPublishes()
    const sending = new Sending(publisher, new Subscriptions(() => undefined), new Arrivals(this.ingest), () => Promise.reject(new Error('nothing to encode')))
    this.host = new ViewHost(this.ingest, publisher, sending, this.packets, new RetainedDesk(() => null), (viewId, bytes) => {
      this.sent.push({ viewId, frame: unpackFrame(bytes) })
      if (acknowledges) this.host.acknowledge(viewId)
    }, new FieldReader(this.ingest.tree, new FieldSource((request) => this.asked.push(request))))
  }

  openTree(viewId: number, spec: Partial<SpecOf<'tree'>> = {}): void {
    this.host.open(viewId, { ...TREE, ...spec })
    this.host.acknowledge(viewId)
  }

  /** What was sent since this was last asked. */
  takeSent() {
    return this.sent.splice(0)
  }

  /** The topics of the rows of the last frame sent to a view. */
  rowsOf(viewId: number): string[] | undefined {
    const last = this.sent.findLast((each) => each.viewId === viewId)?.frame as TreeFrame | undefined
    return last?.rows.map(({ topic }) => topic)
  }
}
