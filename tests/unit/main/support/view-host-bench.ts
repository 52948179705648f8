import { unpackFrame } from '@shared/views/frame-codec'
import type { TreeFrame, ViewFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { Ingest } from '../../../../src-main/engine/ingest/ingest'
import { PacketLog } from '../../../../src-main/engine/packet-log/packet-log'
import { ViewHost } from '../../../../src-main/engine/views/view-host'
import { noPublishes } from './fake-session'

export const FRAME_MS = 50
export const TREE: SpecOf<'tree'> = { kind: 'tree', firstRow: 0, rowCount: 500, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }
export const topicSpec = (topic: string): SpecOf<'topic'> => ({ kind: 'topic', topic, newest: null, firstRow: 0, rowCount: 10 })

/** A host on an ingest of its own, and what it sends; frames are acknowledged by the test. */
export function viewHostBench() {
  const ingest = new Ingest(1_000_000, [])
  const packets = new PacketLog()
  const sent: { viewId: number; frame: ViewFrame }[] = []
  const host = new ViewHost(ingest, noPublishes(), new PacketLog(), (viewId, bytes) => sent.push({ viewId, frame: unpackFrame(bytes) }))
  const nodeOf = (topic: string) => {
    const node = ingest.tree.find(topic)
    if (node === undefined) throw new Error(`${topic} is not there`)
    return node
  }
  return {
    ingest,
    packets,
    host,
    sent,
    nodeOf,
    /** What was sent since this was last asked. */
    take: () => sent.splice(0),
    /** The topics of the rows of the last frame sent to a view. */
    rowsOf: (viewId: number) =>
      (sent.findLast((each) => each.viewId === viewId)?.frame as TreeFrame | undefined)?.rows.map(({ topic }) => topic),
  }
}
