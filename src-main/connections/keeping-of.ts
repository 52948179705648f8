import type { Settings } from '@shared/settings/settings'
import type { Keeping } from '../engine/engine-api'

const BYTES_A_MEGABYTE = 1024 * 1024

/** What the settings say of how engines keep messages and topics. */
export function keepingOf({ explore }: Settings): Keeping {
  return {
    logBudgetBytes: explore.logBudgetMegabytes * BYTES_A_MEGABYTE,
    forgetClearedTopics: explore.forgetClearedTopics,
  }
}
