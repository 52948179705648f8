import { MAX_CHART_NAME_LENGTH, MAX_UNIT_LENGTH, type Chart, type ChartSeries, type Threshold, type ThresholdTone } from '@shared/charts/dashboard'
import { topicNameFault } from '@shared/mqtt/topic'

/** A series while it is written: its topic may be no topic yet. The key tells it from the others. */
export interface SeriesForm extends ChartSeries {
  readonly key: number
}

/** A threshold while it is written. */
export interface ThresholdForm {
  readonly key: number
  readonly value: string
  readonly label: string
  readonly tone: ThresholdTone
}

export interface ChartForm {
  readonly name: string
  readonly series: readonly SeriesForm[]
  readonly thresholds: readonly ThresholdForm[]
}

let lastKey = 0
function nextKey(): number {
  lastKey += 1
  return lastKey
}

export function emptySeries(): SeriesForm {
  return { key: nextKey(), topic: '', path: [], aggregation: 'all', unit: '' }
}

export function emptyThreshold(): ThresholdForm {
  return { key: nextKey(), value: '', label: '', tone: 'warn' }
}

export function formOf({ name, series, thresholds }: Chart): ChartForm {
  return {
    name,
    series: series.map((one) => ({ ...one, key: nextKey() })),
    thresholds: thresholds.map(({ value, label, tone }) => ({ key: nextKey(), value: String(value), label, tone })),
  }
}

/** What a threshold is at; null while what stands there is no number. */
export function valueOf({ value }: Pick<ThresholdForm, 'value'>): number | null {
  const typed = value.trim().replace(',', '.')
  return typed === '' || !Number.isFinite(Number(typed)) ? null : Number(typed)
}

/** The chart with what the form says; null while that is not all right. */
export function chartFrom(form: ChartForm, chart: Chart): Chart | null {
  const thresholds: Threshold[] = []
  for (const threshold of form.thresholds) {
    const value = valueOf(threshold)
    if (value === null) return null
    thresholds.push({ value, label: threshold.label.trim(), tone: threshold.tone })
  }
  if (form.series.some(({ topic }) => topicNameFault(topic) !== null)) return null
  const series = form.series.map(({ topic, path, aggregation, unit }) => ({ topic, path, aggregation, unit: unit.trim().slice(0, MAX_UNIT_LENGTH) }))
  return { ...chart, name: form.name.trim().slice(0, MAX_CHART_NAME_LENGTH), series, thresholds }
}
