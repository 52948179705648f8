import type { Figure, Target, Unit } from './figure'
import { summarize } from './statistics'

/** With three digits that matter: 6.21 M msg/s, 457 k msg/s, 13.6 ×, 182 B. */
export function formatValue(value: number, unit: Unit, digitsOf: (value: number) => string = threeDigits): string {
  if (unit !== 'msg/s') return `${digitsOf(value)} ${unit}`.trim()
  if (value >= 1e6) return `${digitsOf(value / 1e6)} M msg/s`
  if (value >= 1e3) return `${digitsOf(value / 1e3)} k msg/s`
  return `${digitsOf(value)} msg/s`
}

function threeDigits(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1_000) return String(value)
  const decimals = Math.min(2, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toFixed(decimals)
}

export function formatMedian({ values, unit }: Figure): string {
  return formatValue(summarize(values).median, unit)
}

/** From the least to the most, or nothing where there was one value only. */
export function formatSpread({ values, unit }: Figure): string {
  const { min, max } = summarize(values)
  return values.length === 1 ? '' : `${formatValue(min, unit)} – ${formatValue(max, unit)}`
}

export function formatTarget(target: Target | null, unit: Unit): string {
  if (target === null) return ''
  // "At most none" is said by the figure alone.
  if (target.value === 0) return '0'
  return `${target.kind === 'at-least' ? '≥' : '≤'} ${formatValue(target.value, unit, String)}`
}
