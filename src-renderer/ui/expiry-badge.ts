/** Says that something has expired or soon will. */
export interface ExpiryBadge {
  readonly tone: 'warn' | 'danger'
  readonly label: string
  /** All there is to say, a sentence a line. */
  readonly tip: string
}
