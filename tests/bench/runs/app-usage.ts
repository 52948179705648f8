import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
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

/** What all processes of the app took of a processor since this was last asked, in percent of one core. */
export function processorPercent(electron: ElectronApplication): Promise<number> {
  // Electron gives shares of all cores together.
  return electron.evaluate(
    ({ app }, cores) => app.getAppMetrics().reduce((sum, { cpu }) => sum + cpu.percentCPUUsage * cores, 0),
    cpus().length,
  )
}

function proportionalKilobytes(pid: number): number | null {
  try {
    return Number(/^Pss:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN)
  } catch {
    return null // another system, or a process that has just ended
  }
}
