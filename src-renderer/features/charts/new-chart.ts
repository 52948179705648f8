import { MAX_CHART_NAME_LENGTH, type Chart } from '@shared/charts/dashboard'
import { isSamePath, pathText, type FieldPath } from '@shared/payload/field-path'

const USUAL_MINUTES = 5

/** A field of a topic, to be charted. */
export interface ChartedField {
  readonly topic: string
  readonly path: FieldPath
}

/** A chart of nothing yet, with what is usual. */
export function newChart(): Chart {
  return { id: crypto.randomUUID(), name: '', size: 'medium', minutes: USUAL_MINUTES, series: [], thresholds: [] }
}

/** The same chart, on its own. */
export function copyOfChart(chart: Chart): Chart {
  return { ...chart, id: crypto.randomUUID() }
}

export function isSameField(a: ChartedField, b: ChartedField): boolean {
  return a.topic === b.topic && isSamePath(a.path, b.path)
}

/** How each series is called, by what tells it from the others: levels that all topics have in common are left out, and so is a field that all have. */
export function seriesNames(series: readonly ChartedField[]): string[] {
  const topics = series.map(({ topic }) => topic.split('/'))
  const fields = series.map(({ path }) => pathText(path))
  const isOneField = fields.every((field) => field === fields[0])
  const shortest = Math.min(...topics.map(({ length }) => length))
  const isCommon = (levelOf: (levels: readonly string[]) => string | undefined) => topics.every((levels) => levelOf(levels) === levelOf(topics[0] ?? []))
  let start = 0
  while (start < shortest && isCommon((levels) => levels[start])) start += 1
  let end = 0
  while (end < shortest - start && isCommon((levels) => levels.at(-1 - end))) end += 1
  return topics.map((levels, index) => {
    const field = fields[index] ?? ''
    const topic = levels.slice(start, levels.length - end).join('/')
    if (topic === '') return field || (levels.at(-1) ?? '')
    return isOneField || field === '' ? topic : `${topic} · ${field}`
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
