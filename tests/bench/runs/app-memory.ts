import { readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

export interface ProcessMemory {
  /** What Electron calls it: Browser (main process and engines), Tab (the page), GPU, Utility. */
  readonly kind: string
  readonly megabytes: number
}

/** What each process of the app holds. On Linux memory that processes share counts once: a part for each of them. */
export async function memoryOf(electron: ElectronApplication): Promise<ProcessMemory[]> {
  const metrics = await electron.evaluate(({ app }) =>
    app.getAppMetrics().map(({ pid, type, memory }) => ({ pid, type, workingSetKilobytes: memory.workingSetSize })),
  )
  return metrics.map(({ pid, type, workingSetKilobytes }) => ({
    kind: type,
    megabytes: (proportionalKilobytes(pid) ?? workingSetKilobytes) / 1024,
  }))
}

function proportionalKilobytes(pid: number): number | null {
  try {
    return Number(/^Pss:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN)
  } catch {
    return null // another system, or a process that has just ended
  }
}
