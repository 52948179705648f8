import { contextBridge, ipcRenderer } from 'electron'
import { events, requests } from '@shared/ipc/contract'
import type { PreloadApi } from '@shared/ipc/reply'

// A table from the contract, no logic: the page can name these channels and no others.
function tableOf<Channel extends string, Entry>(contract: Record<Channel, unknown>, entry: (channel: string) => Entry) {
  return Object.fromEntries(Object.keys(contract).map((channel) => [channel, entry(channel)])) as Record<Channel, Entry>
}

const api: PreloadApi = {
  requests: tableOf(requests, (channel) => (args: unknown) => ipcRenderer.invoke(channel, args)),
  events: tableOf(events, (channel) => (listener: (payload: unknown) => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(channel, forward)
    return () => void ipcRenderer.removeListener(channel, forward)
  }),
}

contextBridge.exposeInMainWorld('pubscope', api)
