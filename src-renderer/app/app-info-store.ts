import type { AppInfo, Notice } from '@shared/ipc/app-info'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { listen, request } from '../bridge/client'

/** What main says about the app, and what it wants the user to know. */
export const useAppInfoStore = defineStore('app-info', () => {
  const info = shallowRef<AppInfo | null>(null)
  const notices = shallowRef<readonly Notice[]>([])

  async function start(): Promise<AppInfo> {
    listen('notices.changed', (list) => {
      notices.value = list
    })
    const read = await request('app.read-info')
    info.value = read
    notices.value = read.notices
    return read
  }

  /** Puts a notice away for good. */
  async function dismiss(noticeId: number): Promise<void> {
    notices.value = notices.value.filter(({ id }) => id !== noticeId)
    await request('app.dismiss-notice', { noticeId })
  }

  return { info, notices, start, dismiss }
})
