import type { Figure } from './figure'

export interface Summary {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** The middle value, and the mean of the middle two of an even number. */
export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new Error('nothing was measured')
  const sorted = [...values].sort((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? 0
  const half = sorted.length / 2
  return { median: (at(Math.ceil(half) - 1) + at(Math.floor(half))) / 2, min: at(0), max: at(sorted.length - 1) }
}

/** Round by round: values that were measured one beside the other. */
export function ratios(values: readonly number[], references: readonly number[]): number[] {
  if (values.length !== references.length) throw new Error('values of other rounds')
  return values.map((value, round) => value / (references[round] ?? Number.NaN))
}

/** Whether the median reaches its target; null: it has none. */
export function isMet({ values, target }: Pick<Figure, 'values' | 'target'>): boolean | null {
  if (target === null) return null
  const { median } = summarize(values)
  return target.kind === 'at-least' ? median >= target.value : median <= target.value
}
