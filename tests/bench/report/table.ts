import type { BenchResult, Figure } from './figure'
import { formatMedian, formatSpread, formatTarget } from './format'
import { isMet } from './statistics'

const HEADINGS = ['', 'median', 'min – max', 'target', '']

/** A result for the terminal: one table a group. */
export function renderResult({ bench, figures }: Pick<BenchResult, 'figures'> & { readonly bench: string }): string {
  const groups = [...new Set(figures.map(({ group }) => group))]
  const tables = groups.map((group) => [`\n${group}`, ...renderTable(figures.filter((figure) => figure.group === group))].join('\n'))
  return [`━━ bench:${bench} ${'━'.repeat(60)}`, ...tables].join('\n')
}

function renderTable(figures: readonly Figure[]): string[] {
  const rows = [HEADINGS, ...figures.map(cellsOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) => {
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
    return `  ${cells.join('  ')}`.trimEnd()
  })
}

function cellsOf(figure: Figure): string[] {
  const met = isMet(figure)
  const verdict = met === null ? '' : met ? '✔ met' : '✖ not met'
  return [figure.label, formatMedian(figure), formatSpread(figure), formatTarget(figure.target, figure.unit), verdict]
}
