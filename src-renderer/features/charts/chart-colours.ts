import { onScopeDispose, shallowRef, type Ref } from 'vue'
import type { ThresholdTone } from '@shared/charts/dashboard'

/** As many as there are tokens `--series-1` … */
const SERIES_COLOURS = 8
const DASHES = ['solid', 'dashed', 'dotted'] as const

/** The page's tokens, as a canvas takes them. */
export interface ChartColours {
  readonly series: readonly string[]
  readonly line: string
  readonly text: string
  readonly textFaint: string
  readonly surface: string
  readonly tones: Readonly<Record<ThresholdTone, string>>
  readonly fontFamily: string
}

/** What a series looks like: a colour, and when those are used up another kind of line. */
export interface SeriesLook {
  readonly colour: string
  readonly dash: (typeof DASHES)[number]
}

export function seriesLook(index: number, { series }: Pick<ChartColours, 'series'>): SeriesLook {
  return {
    colour: series[index % series.length] ?? 'currentcolor',
    dash: DASHES[Math.floor(index / series.length) % DASHES.length] ?? 'solid',
  }
}

/** The CSS colour and line of a series, for what is drawn without a canvas. */
export function seriesStyle(index: number): { borderTopColor: string; borderTopStyle: SeriesLook['dash'] } {
  const tokens = Array.from({ length: SERIES_COLOURS }, (_, at) => `var(--series-${at + 1})`)
  const { colour, dash } = seriesLook(index, { series: tokens })
  return { borderTopColor: colour, borderTopStyle: dash }
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    series: Array.from({ length: SERIES_COLOURS }, (_, at) => token(`series-${at + 1}`)),
    line: token('line'),
    text: token('text'),
    textFaint: token('text-faint'),
    surface: token('surface'),
    tones: { ok: token('ok'), info: token('info'), warn: token('warn'), danger: token('danger') },
    fontFamily: token('font-ui'),
  }
}

/** The colours of the theme there is; they change with it. */
export function useChartColours(): Readonly<Ref<ChartColours>> {
  const colours = shallowRef(readColours())
  const read = () => (colours.value = readColours())
  const observer = new MutationObserver(read)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const queries = ['(forced-colors: active)', '(prefers-contrast: more)', '(prefers-color-scheme: dark)'].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', read)
  onScopeDispose(() => {
    observer.disconnect()
    for (const query of queries) query.removeEventListener('change', read)
  })
  return colours
}
