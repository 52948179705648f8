import { atLeast, atMost, noTarget, type Figure } from '../report/figure'
import { formatValue } from '../report/format'
import { summarize } from '../report/statistics'
import type { SoakRun, SoakSample } from './soak'

const MOST_GROWTH_PERCENT = 5
/** Two in each third at the least. */
const LEAST_SAMPLES = 6
/** In most spans of 10 s no task of the page is longer, */
const LONG_TASK_MS = 50
/** and none ever: a machine that is busy with something else stops the page, too. */
const LONGEST_TASK_MS = 500
const MEGABYTE = 1024 * 1024

/** Electron's names of the processes. The engine is a thread of the main process. */
const PROCESSES = { page: 'Tab', main: 'Browser', GPU: 'GPU' } as const

/** How much more there is in the last third than in the first, by their medians, in percent: one outlier decides nothing. */
export function growthPercent(values: readonly number[]): number {
  const third = Math.floor(values.length / 3)
  const { median: first } = summarize(values.slice(0, third))
  const { median: last } = summarize(values.slice(-third))
  return (last / first - 1) * 100
}

function megabytesOf({ memory }: SoakSample, kind: string | null): number {
  return memory.filter((one) => kind === null || one.kind === kind).reduce((sum, { megabytes }) => sum + megabytes, 0)
}

/** One line for the terminal. */
export function renderSample(sample: SoakSample): string {
  const { atSeconds, sent, received, logBytes, evicted, topics, forgotten, framesPerSecond, longestTaskMs, mainLagMs, clickMs } = sample
  const memory = Object.entries(PROCESSES).map(([name, kind]) => `${name} ${Math.round(megabytesOf(sample, kind))}`)
  return [
    `${String(atSeconds).padStart(4)} s`,
    `sent ${sent}, received ${received}`,
    `log ${Math.round(logBytes / MEGABYTE)} MB, evicted ${evicted}`,
    `topics ${topics}, forgotten ${forgotten}`,
    `MB: ${memory.join(', ')}`,
    `${framesPerSecond.toFixed(0)} fps, longest task ${longestTaskMs.toFixed(0)} ms, main lag ${mainLagMs.toFixed(0)} ms, click ${clickMs.toFixed(0)} ms`,
  ].join(' · ')
}

/** What the soak found, against what it should have. */
export function verdictOf({ samples, sent, received, errors }: SoakRun): Figure[] {
  const counted = { ...noTarget, group: 'Messages', unit: '' } as const
  const page = { ...noTarget, group: 'Page and main process, each 10 s' } as const
  const of = (valueOf: (sample: SoakSample) => number): number[] => samples.map(valueOf)
  const longestTasks = of(({ longestTaskMs }) => longestTaskMs)
  return [
    { ...counted, label: 'sent', values: [sent.messages] },
    { ...counted, label: 'redelivered after a cut (QoS 1 counts again, QoS 2 does not)', values: [sent.redelivered] },
    { ...counted, label: 'counted too few or too many', values: [Math.abs(sent.messages - received)], ...atMost(0) },
    { ...counted, label: 'connections lost without a cut', values: [sent.connections - 1 - sent.cuts], ...atMost(0) },
    { ...counted, label: 'errors of the page', values: [errors.length], ...atMost(0) },
    ...memoryFigures(samples),
    { ...page, label: 'frames a second', unit: 'fps', values: of(({ framesPerSecond }) => framesPerSecond) },
    { ...page, label: 'longest task of the page', unit: 'ms', values: longestTasks, ...atMost(LONG_TASK_MS) },
    { ...page, label: 'longest task of the page in all', unit: 'ms', values: [Math.max(...longestTasks)], ...atMost(LONGEST_TASK_MS) },
    { ...page, label: 'lag of a timer of the main process', unit: 'ms', values: of(({ mainLagMs }) => mainLagMs) },
    { ...page, label: 'click on a row to its being selected', unit: 'ms', values: of(({ clickMs }) => clickMs) },
  ]
}

function memoryFigures(samples: readonly SoakSample[]): Figure[] {
  const full = samples.filter(({ evicted }) => evicted > 0)
  const group = `Memory once the log is full: ${full.length} samples, median of the last third against that of the first`
  const enough: Figure = { ...noTarget, group, label: 'samples', unit: '', values: [full.length], ...atLeast(LEAST_SAMPLES) }
  if (full.length < LEAST_SAMPLES) return [enough]
  const growth = (name: string, kind: string | null): Figure => {
    const megabytes = full.map((sample) => megabytesOf(sample, kind))
    const median = formatValue(summarize(megabytes).median, 'MB')
    return { ...noTarget, group, label: `growth of ${name} (${median})`, unit: '%', values: [growthPercent(megabytes)], ...atMost(MOST_GROWTH_PERCENT) }
  }
  return [enough, ...Object.entries(PROCESSES).map(([name, kind]) => growth(name, kind)), growth('all processes', null)]
}
