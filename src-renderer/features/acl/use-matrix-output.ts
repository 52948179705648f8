import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DecisionTable } from '@shared/acl/decision-table'
import { MAX_MATRIX_CELLS, type Matrix } from '@shared/acl/matrix'
import { request } from '../../bridge/client'
import { isolate } from '../../i18n/isolate'
import { useReport } from '../../i18n/report'
import { formatCount } from '../../ui/format'
import { useToasts } from '../../ui/toasts'
import { inSlices } from './slices'
import { useClientNames } from './use-client-names'

/** Takes the matrix out of the app, as it is filtered. */
export function useMatrixOutput() {
  const { t } = useI18n()
  const { show } = useToasts()
  const report = useReport()
  const names = useClientNames()
  /** How much of it is decided, of 1; null: nothing is being taken out. */
  const progress = shallowRef<number | null>(null)
  let generation = 0

  function cancel(): void {
    generation += 1
    progress.value = null
  }

  /** Null: cancelled, or too large, which was told. */
  async function matrixOf(table: DecisionTable, places: readonly number[]): Promise<Matrix | null> {
    if (places.length * table.clients.length > MAX_MATRIX_CELLS) {
      show({ tone: 'warn', title: t('acl.cells.tooLargeTitle'), text: t('acl.cells.tooLarge', { n: formatCount(MAX_MATRIX_CELLS) }) })
      return null
    }
    const mine = (generation += 1)
    const rows: Matrix['rows'] = []
    const add = (index: number): void => {
      const place = places[index] ?? 0
      rows.push({ topic: table.topics[place] ?? '', rights: table.clients.map((_, client) => table.at(place, client)).join('') })
    }
    const isWhole = await inSlices(places.length, add, () => mine === generation, (done) => (progress.value = done / places.length))
    if (!isWhole) return null
    progress.value = null
    return { clients: table.clients.map((client) => names.of(client).title), rows }
  }

  async function take(table: DecisionTable, places: readonly number[], to: (matrix: Matrix) => Promise<void>): Promise<void> {
    try {
      const matrix = await matrixOf(table, places)
      if (matrix !== null) await to(matrix)
    } catch (error) {
      report(error)
    }
  }

  return {
    progress,
    cancel,
    copy: (table: DecisionTable, places: readonly number[]) =>
      take(table, places, async (matrix) => {
        await request('app.copy-text', { text: await request('acl.matrix-text', matrix) })
        show({ tone: 'ok', title: t('acl.cells.copied'), text: t('acl.cells.counts', { n: formatCount(places.length) }, places.length) })
      }),
    save: (table: DecisionTable, places: readonly number[]) =>
      take(table, places, async (matrix) => {
        const name = await request('acl.save-matrix', matrix)
        if (name !== null) show({ tone: 'ok', title: t('acl.cells.saved'), text: isolate(name) })
      }),
  }
}
