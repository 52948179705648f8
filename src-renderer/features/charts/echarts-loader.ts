type Echarts = typeof import('./echarts-setup')

let loading: Promise<Echarts> | null = null

/** The library that draws charts, fetched when the first one is shown. */
export function loadEcharts(): Promise<Echarts> {
  loading ??= import('./echarts-setup')
  // A failed load is tried again with the next chart.
  loading.catch(() => (loading = null))
  return loading
}
