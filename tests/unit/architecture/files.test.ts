import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceFiles, SOURCE_FOLDERS } from '../../support/source-files'

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(d|test|e2e|spec|bench|config))?\.(ts|mjs|cjs|css|html)$/
const PASCAL = /^([A-Z][a-z0-9]*)+\.(vue|test\.ts)$/
const GRAB_BAGS = /^(utils?|helpers?|misc|common|types|constants|index)\.ts$/

const sources = sourceFiles(SOURCE_FOLDERS, ['.ts', '.vue', '.css', '.html'])
const all = [...sources, ...sourceFiles(['scripts', 'tests'], ['.ts', '.mjs', '.cjs'])]
const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path)

describe('every file', () => {
  it('is found', () => {
    expect(sources.length).toBeGreaterThan(20)
  })

  it('is named in kebab-case, a component in PascalCase', () => {
    // The test of a component is named as the component is.
    const isComponent = (path: string) => path.endsWith('.vue') || /^tests\/unit\/renderer\/.*\/[A-Z][^/]*$/.test(path)
    expect(paths(all.filter(({ path }) => !(isComponent(path) ? PASCAL : KEBAB).test(basename(path))))).toEqual([])
  })

  it('lies in a folder named in kebab-case', () => {
    const folders = [...new Set(all.flatMap(({ path }) => path.split('/').slice(0, -1)))]
    expect(folders.filter((folder) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(folder))).toEqual([])
  })

  it('has a name that says what is in it', () => {
    const entry = 'src-preload/index.ts'
    expect(paths(sources.filter(({ path }) => GRAB_BAGS.test(basename(path)) && path !== entry))).toEqual([])
  })

  it('can be read in one sitting: 400 lines at the most', () => {
    const long = all.filter(({ text }) => text.split('\n').length > 401)
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`)).toEqual([])
  })

  it('hides nothing from the compiler or the linter', () => {
    const hidden = /@ts-(ignore|nocheck)|eslint-(disable|enable)|\bas unknown as\b|v8 ignore|istanbul ignore/
    expect(paths(sources.filter(({ text }) => hidden.test(text)))).toEqual([])
  })

  it('is finished', () => {
    expect(paths(sources.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text)))).toEqual([])
  })
})

describe('the page', () => {
  const page = sources.filter(({ path }) => path.startsWith('src-renderer/'))

  it('reaches the preload through the bridge only', () => {
    const outside = page.filter(({ path }) => !path.startsWith('src-renderer/bridge/'))
    expect(paths(outside.filter(({ text }) => /\bwindow\s*(\.|\[['"`])\s*pubscope\b|globalThis\.pubscope/.test(text)))).toEqual([])
    expect(page.some(({ text }) => text.includes('window.pubscope'))).toBe(true)
  })

  it('writes no HTML from strings', () => {
    const unsafe = /\bv-html\b|\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|DOMParser|\.createContextualFragment/
    expect(paths(page.filter(({ text }) => unsafe.test(text)))).toEqual([])
  })

  it('loads nothing from the network and stores nothing itself', () => {
    const calls = /\bfetch\(|XMLHttpRequest|new WebSocket\(|EventSource|sendBeacon|localStorage|sessionStorage|indexedDB|document\.cookie/
    expect(paths(page.filter(({ text }) => calls.test(text)))).toEqual([])
  })
})

describe('the main process', () => {
  it('gives pages no Node and no way out of the sandbox', () => {
    const weak = /nodeIntegration\w*:\s*true|contextIsolation:\s*false|sandbox:\s*false|webSecurity:\s*false|allowRunningInsecureContent|enableRemoteModule|webviewTag:\s*true/
    const main = sources.filter(({ path }) => path.startsWith('src-main/'))
    expect(paths(main.filter(({ text }) => weak.test(text)))).toEqual([])
  })
})
