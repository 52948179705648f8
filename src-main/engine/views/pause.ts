/** The moment the views are frozen at. Ingest knows nothing of it. */
export interface Pause {
  /** The last message the views show, or null when they are live. */
  readonly sequence: number | null
  /** How many topics were known at that moment: those that came later do not show. */
  readonly topicsKnown: number
}

export const NOT_PAUSED: Pause = { sequence: null, topicsKnown: Number.POSITIVE_INFINITY }
