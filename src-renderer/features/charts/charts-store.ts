import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { MAX_CHARTS, NO_CHARTS, type Chart, type Dashboard } from '@shared/charts/dashboard'
import { MAX_SERIES } from '@shared/charts/series'
import { AppError } from '@shared/ipc/app-error'
import { request } from '../../bridge/client'
import { isSameField, newChart, type ChartedField } from './new-chart'

/**
 * The dashboards of the open tabs, of which main keeps the original, and the chart that each topic has in the inspector,
 * which lasts as long as the tab.
 */
export const useChartsStore = defineStore('charts', () => {
  const dashboards = shallowReactive(new Map<string, Dashboard>())
  /** By tab, then by topic. */
  const inspected = shallowReactive(new Map<string, ReadonlyMap<string, Chart>>())

  /** The charts on the dashboard of a tab; null until they are loaded. */
  const chartsOf = (connectionId: string): readonly Chart[] | null => dashboards.get(connectionId)?.charts ?? null

  /** Asks main for the dashboard of a tab, once. @throws {AppError} */
  async function load(connectionId: string): Promise<Dashboard> {
    const before = dashboards.get(connectionId)
    if (before !== undefined) return before
    const read = await request('charts.read-dashboard', { connectionId })
    // Another call may have been quicker, and its charts changed since.
    const now = dashboards.get(connectionId) ?? read
    dashboards.set(connectionId, now)
    return now
  }

  /** Changes the charts at once, and takes that back when main cannot keep them. @throws {AppError} */
  async function change(connectionId: string, edit: (charts: readonly Chart[]) => readonly Chart[]): Promise<void> {
    const before = await load(connectionId)
    const charts = [...edit(before.charts)]
    if (charts.length > MAX_CHARTS) throw new AppError('too-many', 'Too many charts', { limit: MAX_CHARTS })
    const dashboard = { ...NO_CHARTS, charts }
    dashboards.set(connectionId, dashboard)
    try {
      await request('charts.update-dashboard', { connectionId, dashboard })
    } catch (error) {
      if (dashboards.get(connectionId) === dashboard) dashboards.set(connectionId, before)
      throw error
    }
  }

  /** Puts a chart where the one of its id is, or at the end. @throws {AppError} */
  function put(connectionId: string, chart: Chart): Promise<void> {
    return change(connectionId, (charts) =>
      charts.some(({ id }) => id === chart.id) ? charts.map((other) => (other.id === chart.id ? chart : other)) : [...charts, chart],
    )
  }

  /** Puts a chart that is not on the dashboard at a place. @throws {AppError} */
  function insert(connectionId: string, chart: Chart, index: number): Promise<void> {
    return change(connectionId, (charts) => [...charts.slice(0, index), chart, ...charts.slice(index)])
  }

  /** @throws {AppError} */
  function remove(connectionId: string, chartId: string): Promise<void> {
    return change(connectionId, (charts) => charts.filter(({ id }) => id !== chartId))
  }

  /** Moves a chart to another place of the order. @throws {AppError} */
  function move(connectionId: string, chartId: string, toIndex: number): Promise<void> {
    return change(connectionId, (charts) => {
      const moved = charts.filter(({ id }) => id === chartId)
      const others = charts.filter(({ id }) => id !== chartId)
      return [...others.slice(0, toIndex), ...moved, ...others.slice(toIndex)]
    })
  }

  /** The chart of a topic in the inspector; null while nothing of it was chosen. */
  const inspectedOf = (connectionId: string, topic: string): Chart | null => inspected.get(connectionId)?.get(topic) ?? null

  function setInspected(connectionId: string, topic: string, chart: Chart): void {
    inspected.set(connectionId, new Map(inspected.get(connectionId)).set(topic, chart))
  }

  /** Adds a field to the chart that its topic has in the inspector. */
  function addField(connectionId: string, field: ChartedField, unit = ''): void {
    const chart = inspectedOf(connectionId, field.topic) ?? newChart()
    if (chart.series.length >= MAX_SERIES || chart.series.some((series) => isSameField(series, field))) return
    setInspected(connectionId, field.topic, { ...chart, series: [...chart.series, { ...field, aggregation: 'all', unit }] })
  }

  /** Forgets the tabs that are closed. */
  function keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const known of [dashboards, inspected]) for (const id of [...known.keys()]) if (!connectionIds.has(id)) known.delete(id)
  }

  return { chartsOf, load, put, insert, remove, move, inspectedOf, setInspected, addField, keepOnly }
})
