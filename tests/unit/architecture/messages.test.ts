import { describe, expect, it } from 'vitest'
import { failureCodeSchema } from '@shared/connection/failure'
import { errorCodeSchema } from '@shared/ipc/app-error'
import { events, requests } from '@shared/ipc/contract'
import type { TopicFault } from '@shared/mqtt/topic'
import { sourceFiles } from '../../support/source-files'

type Catalogue = Record<string, unknown>

// The same files the page gathers in i18n.ts.
const rooms = import.meta.glob<{ messages: Catalogue }>('../../../src-renderer/**/messages.ts', { eager: true })
const catalogue: Catalogue = Object.assign({}, ...Object.values(rooms).map(({ messages }) => messages))

function leaves(node: unknown, path: readonly string[]): [key: string, text: unknown, path: readonly string[]][] {
  if (typeof node !== 'object' || node === null) return [[path.join('.'), node, path]]
  return Object.entries(node).flatMap(([name, child]) => leaves(child, [...path, name]))
}

const entries = leaves(catalogue, [])
const texts = new Map(entries.map(([key, text]) => [key, text]))
const keys = [...texts.keys()]
const channels = new Set([...Object.keys(requests), ...Object.keys(events)])

// A key written down: whole, or with holes (`errors.${code}.title`), or up to a folder of keys that code goes on from.
// In double quotes stand the expressions of templates (`v-if="status.phase"`).
const KEY = /(keypath="|['`])([A-Za-z][\w-]*(?:\.(?:[\w-]|\$\{[^{}]*\})+)+)['`"]/g
const HOLE = /\$\{[^{}]*\}/g

interface Mention {
  at: string
  key: string
  /** Matches the keys that are meant. */
  pattern: RegExp
}

function mentionsIn(path: string, text: string): Mention[] {
  return [...text.matchAll(KEY)].flatMap(({ 2: key = '', index }) => {
    const [room = ''] = key.split('.')
    // Some channels are named as a text is.
    const isChannel = channels.has(key) && (!texts.has(key) || /\b(request|listen)\(\s*$/.test(text.slice(0, index)))
    if (!(room in catalogue) || isChannel) return []
    const pattern = key.split(HOLE).map((part) => part.replaceAll('.', '\\.')).join('[^.]+')
    return [{ at: path, key, pattern: new RegExp(`^${pattern}(\\.|$)`) }]
  })
}

const page = sourceFiles(['src-renderer'], ['.ts', '.vue']).filter(({ path }) => !path.endsWith('messages.ts'))
const mentions = page.flatMap(({ path, text }) => mentionsIn(path, text))

describe('the message catalogue', () => {
  it('has every key the page mentions', () => {
    const missing = mentions.filter(({ pattern }) => !keys.some((key) => pattern.test(key)))
    expect(missing.map(({ at, key }) => `${at}: ${key}`)).toEqual([])
    expect(mentions.length).toBeGreaterThan(0)
  })

  it('has a text, not a folder, where the page asks for one', () => {
    const asked = page.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*(['"`])([\w.-]+)\1/g)].map(([, , key = '']) => ({ path, key })),
    )
    expect(asked.filter(({ key }) => !texts.has(key)).map(({ path, key }) => `${path}: ${key}`)).toEqual([])
  })

  it('has no key that nobody mentions', () => {
    const linked = [...texts.values()].flatMap((text) => [...String(text).matchAll(/@:([\w.]+)/g)].map(([, key]) => key))
    expect(keys.filter((key) => !linked.includes(key) && !mentions.some(({ pattern }) => pattern.test(key)))).toEqual([])
  })

  it('has no key twice in different rooms', () => {
    const topLevel = Object.values(rooms).flatMap(({ messages }) => Object.keys(messages))
    expect(topLevel.filter((name, index) => topLevel.indexOf(name) !== index)).toEqual([])
  })

  it('has names that can be asked for', () => {
    expect(entries.filter(([, , path]) => path.some((name) => name.includes('.'))).map(([key]) => key)).toEqual([])
  })

  it('has texts only, none empty, none with stray spaces', () => {
    const bad = [...texts].filter(([, text]) => typeof text !== 'string' || text === '' || text !== text.trim() || /(?<!\|) {2}/.test(text))
    expect(bad.map(([key]) => key)).toEqual([])
  })

  it('has words for every error code', () => {
    expect(Object.keys(catalogue['errors'] ?? {}).sort()).toEqual([...errorCodeSchema.options].sort())
  })

  it('has words for every failure of a connection', () => {
    const failures = Object.keys(catalogue['failures'] ?? {})
    const nameOf = (code: string) => (code === 'server-disconnect' ? 'serverDisconnect' : code)
    expect(failures.sort()).toEqual(failureCodeSchema.options.map(nameOf).sort())
  })

  it('has words for every fault of a topic filter', () => {
    const faults: Record<TopicFault, true> = {
      empty: true,
      'too-long': true,
      nul: true,
      'ill-formed': true,
      wildcard: true,
      'plus-not-alone': true,
      'hash-not-alone': true,
      'hash-not-last': true,
      'share-name': true,
    }
    expect(Object.keys(catalogue['filterFault'] ?? {}).sort()).toEqual(Object.keys(faults).sort())
  })
})
