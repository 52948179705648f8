import type { StatisticsFrame } from '@shared/views/view-frame'
import { formatAge, formatBytes, formatCount, formatRate } from '../ui/format'

/** One number of the status bar; the catalogue has its words, name and explanation under `status.numbers`. */
export interface StatusNumber {
  readonly id: StatusNumberId
  /** As it is read. */
  readonly value: string
  /** The number itself, where its words have a plural. */
  readonly count: number
  readonly warn: boolean
}

export type StatusNumberId =
  | 'messages-per-second'
  | 'messages-received'
  | 'topics-known'
  | 'dropped'
  | 'log'
  | 'frames-per-second'
  | 'engine-cpu'
  | 'bytes-per-second'
  | 'evicted'
  | 'oldest'
  | 'forgotten'
  | 'bytes-received'

/** Fewer frames a second than this, and the page no longer moves as smoothly as its screen. */
const SMOOTH_FPS = 55

/** The numbers of a connection that are known, the most important first. */
export function statusNumbers(
  statistics: StatisticsFrame,
  framesPerSecond: number | null,
  nowMs: number,
): StatusNumber[] {
  const number = (id: StatusNumberId, count: number, value = formatCount(count), warn = false): StatusNumber => ({
    id,
    value,
    count,
    warn,
  })
  const { engineCpuPercent: cpu, oldestMessageAtMs, evictedMessages, refusedMessages, topicsForgotten } = statistics
  const log = `${formatBytes(statistics.logBytes)} / ${formatBytes(statistics.logBudgetBytes)}`
  const all: (StatusNumber | null)[] = [
    number('messages-per-second', statistics.messagesPerSecond, formatRate(statistics.messagesPerSecond)),
    number('messages-received', statistics.messagesReceived),
    number('topics-known', statistics.topicsKnown),
    number('dropped', refusedMessages, undefined, refusedMessages > 0),
    number('log', statistics.logBytes, log),
    framesPerSecond === null ? null : number('frames-per-second', framesPerSecond, undefined, framesPerSecond < SMOOTH_FPS),
    cpu === null ? null : number('engine-cpu', cpu, `${formatRate(cpu)} %`),
    number('bytes-per-second', statistics.bytesPerSecond, formatBytes(statistics.bytesPerSecond)),
    evictedMessages === 0 ? null : number('evicted', evictedMessages),
    oldestMessageAtMs === null ? null : number('oldest', oldestMessageAtMs, formatAge(nowMs - oldestMessageAtMs)),
    topicsForgotten === 0 ? null : number('forgotten', topicsForgotten),
    number('bytes-received', statistics.bytesReceived, formatBytes(statistics.bytesReceived)),
  ]
  return all.filter((entry) => entry !== null)
}
