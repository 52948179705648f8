import type { NodeId } from '../topics/node-id'

/** The moment the views are frozen at. Ingest knows nothing of it; the tree does not fold while it lasts. */
export interface Pause {
  /** The last message the views show, or null when they are live. */
  readonly sequence: number | null
  /** Nodes from this id on came later: they do not show. */
  readonly idLimit: NodeId
  /** When it began, in milliseconds since 1970. */
  readonly atMs: number
}

export const NOT_PAUSED: Pause = { sequence: null, idLimit: Number.POSITIVE_INFINITY, atMs: 0 }
