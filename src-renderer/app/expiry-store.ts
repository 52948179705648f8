import type { Expiry } from '@shared/certificates/expiry'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { listen, request } from '../bridge/client'

/** The certificates that have expired or soon will. Main finds them; this mirrors what it says. */
export const useExpiryStore = defineStore('expiry', () => {
  const expiries = shallowRef<readonly Expiry[]>([])

  /** Loads them and follows their changes. */
  async function start(): Promise<void> {
    listen('certificates.expiries-changed', (list) => (expiries.value = list))
    expiries.value = await request('certificates.list-expiries')
  }

  return { expiries, start }
})
