import type { DecisionCause, Explanation, TraceStep } from '@shared/acl/question'

/** One row of the answer to "why?". */
export type TraceRow =
  | (TraceStep & { readonly kind: 'line' })
  /** Lines that were not looked at any more, ascending. */
  | { readonly kind: 'folded'; readonly lines: readonly number[] }
  /** What settled it, where that is no line. */
  | { readonly kind: 'cause'; readonly cause: DecisionCause }

/** The lines that were considered, in the broker's order, and what settled the question; lines that were not reached are one row, unless unfolded. */
export function traceRows({ decision, steps }: Explanation, unfolded: boolean): TraceRow[] {
  const reached = steps.filter(({ verdict }) => verdict !== 'not-reached')
  const notReached = steps.filter(({ verdict }) => verdict === 'not-reached')
  const rows: TraceRow[] = reached.map((step) => ({ kind: 'line', ...step }))
  const isByLine = decision.cause.kind === 'line' || (decision.cause.kind === 'default' && decision.cause.line !== undefined)
  if (!isByLine) rows.push({ kind: 'cause', cause: decision.cause })
  if (notReached.length === 0) return rows
  if (unfolded || notReached.length === 1) return [...rows, ...notReached.map((step): TraceRow => ({ kind: 'line', ...step }))]
  return [...rows, { kind: 'folded', lines: notReached.map(({ line }) => line).sort((one, other) => one - other) }]
}

/** Ascending line numbers, runs of them joined: `6–7, 12`. */
export function lineRanges(lines: readonly number[]): string {
  const ranges: { first: number; last: number }[] = []
  for (const line of lines) {
    const open = ranges.at(-1)
    if (open?.last === line - 1) open.last = line
    else ranges.push({ first: line, last: line })
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ')
}
