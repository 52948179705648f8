import { randomUUID } from 'node:crypto'
import type { Connection } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import type { ReceivedMessage } from '@shared/message/message'
import type { Publish, PublishReceipt, PublishState } from '@shared/message/publish'
import { toBase64 } from '@shared/payload/payload-codec'
import { bytesOf, keptPropertiesOf, propertiesOf } from '@shared/publish/kept-properties'
import {
  MAX_HISTORY_ENTRIES,
  MAX_HISTORY_LENGTH,
  MAX_HISTORY_PAYLOAD_BYTES,
  type HistoryEntry,
  type ListedPublish,
} from '@shared/publish/publish-history'

type Tab = Pick<Connection, 'id' | 'source'>
type Entries = readonly HistoryEntry[]

interface HistoryRecords {
  read(tab: Tab): Entries
  update(tab: Tab, entries: HistoryEntry[]): void
}

/** What a change waits for others before it goes to disk. */
const WRITE_AFTER_MS = 1_000
/** Most states of publishes that came before the answer that tells their number. */
const MOST_EARLY = 100

/** What was published by hand, newest first, with what became of it. Written to disk a moment later, and before the app ends. */
export class PublishHistory {
  readonly #unwritten = new Map<string, { readonly tab: Tab; readonly entries: Entries }>()
  readonly #open = new Map<string, { readonly tab: Tab; readonly entryId: string }>()
  readonly #early = new Map<string, PublishState>()
  #timer: NodeJS.Timeout | null = null

  constructor(
    private readonly records: HistoryRecords,
    /** The list of a tab is another one now. */
    private readonly changed: (connectionId: string) => void,
    private readonly notWritten: (error: unknown) => void,
    private readonly writeAfterMs = WRITE_AFTER_MS,
  ) {}

  list(tab: Tab): ListedPublish[] {
    return this.#entries(tab).map(({ payloadBase64, properties: _properties, ...entry }) => ({
      ...entry,
      state: this.#isOpen(entry.id) ? entry.state : ended(entry.state),
      isKept: payloadBase64 !== null,
    }))
  }

  /** The message of an entry, as it was sent. @throws {AppError} `publish-forgotten` */
  read(tab: Tab, entryId: string): ReceivedMessage {
    const entry = this.#entries(tab).find(({ id }) => id === entryId)
    if (entry === undefined || entry.payloadBase64 === null) throw new AppError('publish-forgotten', 'The message is not remembered')
    const { topic, qos, retain, properties } = entry
    return { topic, qos, retain, payload: bytesOf(entry.payloadBase64), properties: propertiesOf(properties) }
  }

  clear(tab: Tab): void {
    this.#put(tab, [])
  }

  add(tab: Tab, message: Publish, { publishId, state }: PublishReceipt): void {
    const { topic, qos, retain, payload, properties } = message
    const number = numberOf(tab.id, publishId)
    const newest = this.#early.get(number) ?? state
    this.#early.delete(number)
    const entry: HistoryEntry = {
      id: randomUUID(),
      atMs: Date.now(),
      topic,
      qos,
      retain,
      payloadBytes: payload.byteLength,
      payloadBase64: payload.byteLength > MAX_HISTORY_PAYLOAD_BYTES ? null : toBase64(payload),
      properties: properties === undefined ? null : keptPropertiesOf(properties),
      state: newest,
    }
    if (!isFinal(newest)) this.#open.set(number, { tab, entryId: entry.id })
    this.#put(tab, withinLimits([entry, ...this.#entries(tab)]))
  }

  /** What has become of a publish. */
  settle(connectionId: string, publishId: number, state: PublishState): void {
    const number = numberOf(connectionId, publishId)
    const open = this.#open.get(number)
    if (open === undefined) {
      this.#early.set(number, state)
      for (const oldest of this.#early.keys()) if (this.#early.size > MOST_EARLY) this.#early.delete(oldest)
      return
    }
    if (isFinal(state)) this.#open.delete(number)
    const { tab, entryId } = open
    this.#put(tab, this.#entries(tab).map((entry) => (entry.id === entryId ? { ...entry, state } : entry)))
  }

  /** The engine of a tab is gone: nobody hears of its publishes again, and the next one counts its own from 1. */
  engineEnded(connectionId: string): void {
    const ofTab = numberOf(connectionId, '')
    for (const number of this.#early.keys()) if (number.startsWith(ofTab)) this.#early.delete(number)
    const open = [...this.#open.keys()].filter((number) => number.startsWith(ofTab))
    for (const number of open) this.#open.delete(number)
    if (open.length > 0) this.changed(connectionId)
  }

  /** Writes what is not on disk yet. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    for (const [id, { tab, entries }] of this.#unwritten) {
      this.#unwritten.delete(id)
      try {
        this.records.update(tab, [...entries])
      } catch (error) {
        this.notWritten(error)
      }
    }
  }

  #entries(tab: Tab): Entries {
    return this.#unwritten.get(tab.id)?.entries ?? this.records.read(tab)
  }

  #isOpen(entryId: string): boolean {
    return [...this.#open.values()].some((open) => open.entryId === entryId)
  }

  #put(tab: Tab, entries: Entries): void {
    this.#unwritten.set(tab.id, { tab, entries })
    this.#timer ??= setTimeout(() => this.flush(), this.writeAfterMs)
    this.changed(tab.id)
  }
}

const numberOf = (connectionId: string, publishId: number | ''): string => `${connectionId} ${publishId}`

function isFinal({ kind }: PublishState): boolean {
  return kind !== 'queued' && kind !== 'in-flight' && kind !== 'interrupted'
}

/** What became of a publish that was open when its engine ended. */
function ended(state: PublishState): PublishState {
  if (state.kind === 'queued') return { kind: 'dropped' }
  return isFinal(state) ? state : { kind: 'unconfirmed' }
}

function withinLimits(entries: Entries): Entries {
  let length = 0
  const tooMuch = entries.findIndex((entry, index) => {
    length += JSON.stringify(entry).length
    return index >= MAX_HISTORY_ENTRIES || length > MAX_HISTORY_LENGTH
  })
  return tooMuch === -1 ? entries : entries.slice(0, tooMuch)
}
