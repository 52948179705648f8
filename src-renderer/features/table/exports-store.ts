import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ExportProgress } from '@shared/table/export'
import { listen, request } from '../../bridge/client'

/** The exports under way. */
export const useExportsStore = defineStore('exports', () => {
  const running = shallowReactive(new Map<number, ExportProgress>())
  const ended = new Set<number>()

  /** Tells of what goes on, and, once each, of exports that have ended. Returns what makes it stop. */
  function follow(onEnd: (progress: ExportProgress) => void): () => void {
    return listen('exports.progress', (progress) => {
      if (progress.state.kind === 'running') running.set(progress.exportId, progress)
      else {
        running.delete(progress.exportId)
        ended.add(progress.exportId)
        onEnd(progress)
      }
    })
  }

  /** One that has just begun; it may have ended before the page heard of it. */
  function began(progress: ExportProgress): void {
    if (!ended.has(progress.exportId) && !running.has(progress.exportId)) running.set(progress.exportId, progress)
  }

  /** @throws {AppError} */
  function cancel(exportId: number): Promise<void> {
    return request('exports.cancel', { exportId })
  }

  return { running, follow, began, cancel }
})
