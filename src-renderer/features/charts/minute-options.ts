const MINUTES = [1, 5, 15, 60, 6 * 60, 24 * 60, 7 * 24 * 60] as const
const UNITS = [
  { unit: 'days', minutes: 24 * 60 },
  { unit: 'hours', minutes: 60 },
  { unit: 'minutes', minutes: 1 },
] as const

export interface MinuteOption {
  readonly value: string
  readonly n: number
  readonly unit: (typeof UNITS)[number]['unit']
}

/** How far back a live chart may look; what it does now is among them. */
export function minuteOptions(present: number): MinuteOption[] {
  const all = [...new Set<number>([...MINUTES, present])].sort((a, b) => a - b)
  return all.map((minutes) => {
    const { unit, minutes: size } = UNITS.find(({ minutes: of }) => minutes >= of && minutes % of === 0) ?? { unit: 'minutes', minutes: 1 }
    return { value: String(minutes), n: minutes / size, unit }
  })
}
