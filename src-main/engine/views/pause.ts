/** The moment the views are frozen at. Ingest knows nothing of it. */
export interface Pause {
  /** The last message the views show, or null when they are live. */
  readonly sequence: number | null
}
