import { defineStore } from 'pinia'
import { reactive, ref, shallowReactive } from 'vue'
import { EVERY_PACKET, type PacketFilter, type PacketRecording } from '@shared/packets/packet-log'

/** Which tabs show their packet log, what of it, and which record, as far as the page has seen. */
export const usePacketsStore = defineStore('packets', () => {
  const open = reactive(new Set<string>())
  const recordings = reactive(new Map<string, PacketRecording>())
  // They go to main as they are, which a proxy could not.
  const filters = shallowReactive(new Map<string, PacketFilter>())
  /** The share of what stands above the log, and of the list beside a packet. */
  const abovePercent = ref(64)
  const listPercent = ref(60)

  function toggle(connectionId: string): void {
    if (!open.delete(connectionId)) open.add(connectionId)
  }

  const filterOf = (connectionId: string): PacketFilter => filters.get(connectionId) ?? EVERY_PACKET
  const isRecording = (connectionId: string): boolean => (recordings.get(connectionId) ?? 'off') !== 'off'

  /** Forgets the tabs that are closed. */
  function keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const known of [open, recordings, filters]) {
      for (const id of [...known.keys()]) if (!connectionIds.has(id)) known.delete(id)
    }
  }

  return { open, recordings, filters, abovePercent, listPercent, toggle, filterOf, isRecording, keepOnly }
})
