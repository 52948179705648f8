import { withSection } from '../../support/marked-section'
import type { BenchResult, Figure } from './figure'
import { formatMedian, formatSpread, formatTarget } from './format'
import { isMet } from './statistics'

const BEGIN = '<!-- performance: written by `node scripts/bench.mjs --readme` -->'
const HEADINGS = '| | median | least – most | target |\n| --- | ---: | ---: | ---: |'
const END = '<!-- end of performance -->'

/** README with these lines between its two markers, instead of what was there. @throws {Error} when it lacks the markers */
export function withPerformance(readme: string, section: string): string {
  return withSection(readme, BEGIN, END, section)
}

/** What README tells of the last results: where, when and how they were measured, and the figures. */
export function performanceSection(results: readonly BenchResult[]): string {
  const figures = results.flatMap((result) => result.figures).filter(({ inReadme }) => inReadme)
  const groups = [...new Set(figures.map(({ group }) => group))]
  const parts = groups.map((group) => renderGroup(group, figures.filter((figure) => figure.group === group)))
  return `${introduction(results)}\n\n${[HEADINGS, ...parts].join('\n')}`
}

function introduction(results: readonly BenchResult[]): string {
  const machine = results.find((result) => result.machine.electron !== null)?.machine ?? results[0]?.machine
  const newest = results.map(({ startedAt }) => startedAt).sort().at(-1)
  if (machine === undefined || newest === undefined) throw new Error('nothing was measured')
  const { processors, processorModel, memoryGigabytes, system, node, electron } = machine
  const date = new Date(newest).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const rounds = [...new Set(results.map((result) => result.rounds))].join(', ')
  return [
    `${date}, ${processors} × ${processorModel}, ${memoryGigabytes} GB, ${system}, Node ${node}${electron === null ? '' : `, Electron ${electron}`}.`,
    `Sender and receiver share these processors. Packets of 150 B, QoS 0; ${rounds} rounds, interleaved.`,
  ].join('\n')
}

function renderGroup(group: string, figures: readonly Figure[]): string {
  return [`| **${group}** | | | |`, ...figures.map(renderFigure)].join('\n')
}

function renderFigure(figure: Figure): string {
  const met = isMet(figure)
  const target = [formatTarget(figure.target, figure.unit), met === null ? '' : met ? '✔' : '✘ not met'].join(' ').trim()
  return `| ${figure.label} | ${formatMedian(figure)} | ${formatSpread(figure)} | ${target} |`
}
