/** One message of a run: which, for which row, in which round; all from 0. */
export interface Step {
  readonly round: number
  readonly row: number
  readonly message: number
}

export const FIRST_STEP: Step = { round: 0, row: 0, message: 0 }

/** How many there are of each; `rows` is 1 without rows, `rounds` null without an end. */
export interface RunSize {
  readonly messages: number
  readonly rows: number
  readonly rounds: number | null
}

/** The step after another; null after the last. */
export function stepAfter({ round, row, message }: Step, { messages, rows, rounds }: RunSize): Step | null {
  if (message + 1 < messages) return { round, row, message: message + 1 }
  if (row + 1 < rows) return { round, row: row + 1, message: 0 }
  return rounds !== null && round + 1 >= rounds ? null : { round: round + 1, row: 0, message: 0 }
}

export function isRoundStart({ row, message }: Step): boolean {
  return row === 0 && message === 0
}

/** How many messages there are to send; null without an end. */
export function totalOf({ messages, rows, rounds }: RunSize): number | null {
  return rounds === null ? null : messages * rows * rounds
}
