import { readFileSync } from 'node:fs'
import { cpus, totalmem, version } from 'node:os'
import type { Machine } from './figure'

/** The machine this runs on. */
export function thisMachine(electron: string | null): Machine {
  const processors = cpus()
  return {
    processors: processors.length,
    processorModel: processors[0]?.model.trim() ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    system: `${systemName()}, ${process.arch}`,
    node: process.versions.node,
    electron,
  }
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? version()
  } catch {
    return version() // has no such file
  }
}
