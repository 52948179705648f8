import type { Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { request } from '../../bridge/client'
import { isolate } from '../../i18n/isolate'
import { useReport } from '../../i18n/report'
import { formatCount } from '../../ui/format'
import { useToasts } from '../../ui/toasts'
import { seriesLook, useChartColours } from './chart-colours'
import type { LegendEntry } from './ChartLegend.vue'
import { chartPicture } from './chart-picture'
import { numberText } from './number-text'
import { spanText } from './time-text'
import type { TimeSpan } from './use-chart-range'

interface Saved {
  readonly viewId: Readonly<Ref<number | null>>
  readonly title: Readonly<Ref<string>>
  readonly time: Readonly<Ref<TimeSpan>>
  readonly entries: Readonly<Ref<readonly LegendEntry[]>>
  readonly picture: () => HTMLCanvasElement | null
}

/** Writes a chart to a file the user chooses: as a picture, or all its values. Failures are reported. */
export function useChartSaving(saved: Saved): { saveImage: () => void; savePoints: () => void } {
  const { t } = useI18n({ useScope: 'global' })
  const report = useReport()
  const toasts = useToasts()
  const colours = useChartColours()

  function factsOf({ drawn, unit }: LegendEntry): string {
    if (drawn === null) return ''
    const number = (value: number | null) => numberText(value, unit)
    return t('charts.facts', { last: number(drawn.last), min: number(drawn.min), mean: number(drawn.mean), max: number(drawn.max) })
  }

  async function saveImage(): Promise<void> {
    const plot = saved.picture()
    if (plot === null) return
    const rows = saved.entries.value.map((entry, index) => ({ look: seriesLook(index, colours.value), name: entry.name, facts: factsOf(entry) }))
    const png = await chartPicture(plot, { title: saved.title.value, subtitle: spanText(saved.time.value), rows }, colours.value)
    const file = await request('charts.save-image', { name: saved.title.value, png })
    if (file !== null) toasts.show({ tone: 'ok', title: t('charts.savedImage', { name: isolate(file.name) }) })
  }

  async function savePoints(): Promise<void> {
    const viewId = saved.viewId.value
    if (viewId === null) return
    const file = await request('charts.save-points', { viewId, name: saved.title.value })
    if (file === null) return
    toasts.show({ tone: 'ok', title: t('charts.savedPoints', { n: formatCount(file.points) }, file.points), text: isolate(file.name) })
  }

  return { saveImage: () => void saveImage().catch(report), savePoints: () => void savePoints().catch(report) }
}
