import type { Chart } from '@shared/charts/dashboard'
import { MAX_CHART_NAME_LENGTH } from '@shared/charts/dashboard'
import type { Series } from '@shared/charts/series'
import { isSamePath, pathText, type FieldPath } from '@shared/payload/field-path'

const USUAL_MINUTES = 5

/** A field of a topic, to be charted. */
export interface ChartedField {
  readonly topic: string
  readonly path: FieldPath
}

/** A chart of these fields, with what is usual. */
export function newChart(fields: readonly ChartedField[] = [], unit = ''): Chart {
  const series = fields.map(({ topic, path }): Series => ({ topic, path, aggregation: 'all' }))
  return { id: crypto.randomUUID(), name: '', unit, size: 'medium', minutes: USUAL_MINUTES, series, thresholds: [] }
}

/** The same chart, on its own. */
export function copyOfChart(chart: Chart): Chart {
  return { ...chart, id: crypto.randomUUID() }
}

export function isSameField(a: ChartedField, b: ChartedField): boolean {
  return a.topic === b.topic && isSamePath(a.path, b.path)
}

/** How each series is called, as short as it can be told from the others: by its field, its topic's last level, or all of both. */
export function seriesNames(series: readonly ChartedField[]): string[] {
  const isOneTopic = series.every(({ topic }) => topic === series[0]?.topic)
  const short = series.map(({ topic, path }) => {
    const level = topic.slice(topic.lastIndexOf('/') + 1) || topic
    const field = pathText(path)
    if (field === '') return level
    return isOneTopic ? field : `${level} · ${field}`
  })
  return series.map(({ topic, path }, index) => {
    const name = short[index] ?? topic
    const isUnique = short.indexOf(name) === short.lastIndexOf(name)
    return isUnique || isOneTopic ? name : [topic, pathText(path)].filter((part) => part !== '').join(' · ')
  })
}

/** A chart's name, or else what is in it; empty when nothing is. */
export function chartTitle({ name, series }: Pick<Chart, 'name' | 'series'>): string {
  if (name !== '') return name
  const [first] = series
  if (first === undefined) return ''
  const isOneTopic = series.every(({ topic }) => topic === first.topic)
  const title = isOneTopic ? [first.topic, ...(series.length === 1 ? [pathText(first.path)] : [])].filter((part) => part !== '').join(' · ') : seriesNames(series).join(', ')
  return title.length > MAX_CHART_NAME_LENGTH ? `${title.slice(0, MAX_CHART_NAME_LENGTH - 1)}…` : title
}
