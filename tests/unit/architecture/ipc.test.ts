import { beforeAll, describe, expect, it, vi } from 'vitest'
import { events, requests } from '@shared/ipc/contract'
import type { PreloadApi } from '@shared/ipc/reply'
import { sourceFiles } from '../../support/source-files'

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoke: vi.fn((_channel: string, _args: unknown) => Promise.resolve()),
  on: vi.fn((_channel: string, _listener: (event: unknown, payload: unknown) => void) => undefined),
  removeListener: vi.fn((_channel: string, _listener: unknown) => undefined),
}))
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api) },
  ipcRenderer: { invoke: electron.invoke, on: electron.on, removeListener: electron.removeListener },
}))

function textOf(folder: string): string {
  return sourceFiles([folder], ['.ts', '.vue']).map(({ text }) => text).join('\n')
}

describe('the preload', () => {
  let api: PreloadApi
  beforeAll(async () => {
    await import('../../../src-preload/index')
    api = electron.exposed.get('pubscope') as PreloadApi
  })

  it('shows the page one object: the channels of the contract, and no other', () => {
    expect([...electron.exposed.keys()]).toEqual(['pubscope'])
    expect(Object.keys(api).sort()).toEqual(['events', 'requests'])
    expect(Object.keys(api.requests)).toEqual(Object.keys(requests))
    expect(Object.keys(api.events)).toEqual(Object.keys(events))
  })

  it('asks on a request’s own channel, with one argument', async () => {
    for (const [channel, ask] of Object.entries(api.requests)) {
      electron.invoke.mockClear()
      await Reflect.apply(ask, undefined, [{ a: 1 }, 'more'])
      expect(electron.invoke.mock.calls).toEqual([[channel, { a: 1 }]])
    }
  })

  it('hands the page what an event says, without the event, until it stops listening', () => {
    for (const [channel, listen] of Object.entries(api.events)) {
      electron.on.mockClear()
      const heard: unknown[][] = []
      const stop = listen((...payload: unknown[]) => heard.push(payload))
      const [on, forward] = electron.on.mock.calls[0] ?? []
      expect(on).toBe(channel)
      forward?.({ sender: 'ipcRenderer' }, 'news')
      expect(heard).toEqual([['news']])
      stop()
      expect(electron.removeListener).toHaveBeenLastCalledWith(channel, forward)
    }
  })
})

describe('the contract', () => {
  const main = textOf('src-main')
  const page = textOf('src-renderer')
  const isNamedIn = (text: string, channel: string) => text.includes(`'${channel}'`)

  it.each(Object.keys(requests))('%s is answered by main and asked by the page', (channel) => {
    expect(isNamedIn(main, channel), 'no handler in src-main').toBe(true)
    expect(isNamedIn(page, channel), 'not asked in src-renderer').toBe(true)
  })

  it.each(Object.keys(events))('%s is said by main and heard by the page', (channel) => {
    expect(isNamedIn(main, channel), 'never sent in src-main').toBe(true)
    expect(isNamedIn(page, channel), 'not listened to in src-renderer').toBe(true)
  })

  it('is the only one to open channels', () => {
    const ipc = sourceFiles(['src-main'], ['.ts']).filter(({ text }) => /ipcMain\.(on|handle|once)\b/.test(text))
    expect(ipc.map(({ path }) => path)).toEqual([])
  })
})
