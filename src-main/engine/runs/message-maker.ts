import { randomUUID } from 'node:crypto'
import type { RunFault } from '@shared/collections/run'
import { AppError } from '@shared/ipc/app-error'
import type { Publish } from '@shared/message/publish'
import { topicNameFault } from '@shared/mqtt/topic'
import { encodePayload } from '@shared/payload/payload-codec'
import { parseTemplate, renderTemplate, type ParsedTemplate } from '@shared/template/template'
import type { TemplateFault } from '@shared/template/template-fault'
import { messageScope, type Counters, type TemplateScope } from '@shared/template/template-scope'
import type { EncodeText, RunOrder, TemplateMessage } from './run-order'
import type { Step } from './run-steps'

/** A message as it is sent now; `keep` says that it was. */
export type Made = { readonly ok: true; readonly message: Publish; keep(): void } | { readonly ok: false; readonly fault: RunFault }

type Part = 'topic' | 'payload'
type Parsed = Readonly<Record<Part, ParsedTemplate>>

/** Makes the messages of a run, each when it is sent: their templates see the time, the row and the counters of that moment. */
export class MessageMaker {
  readonly #parsed = new Map<number, Parsed>()
  readonly #variables: ReadonlyMap<string, string>
  #counters: Counters = new Map()

  constructor(
    private readonly order: Pick<RunOrder, 'messages' | 'rows' | 'variables'>,
    private readonly encode: EncodeText,
  ) {
    this.#variables = new Map(Object.entries(order.variables))
  }

  make(step: Step): Made | Promise<Made> {
    const message = this.order.messages[step.message]
    if (message === undefined) throw new Error(`a run without message ${step.message}`)
    if (message.kind === 'ready') return { ok: true, message: message.message, keep: () => undefined }
    const { scope, countersAfter } = messageScope({
      variables: this.#variablesOf(step.row),
      counters: this.#counters,
      uuid: randomUUID,
      nowMs: Date.now(),
    })
    const keep = (): void => void (this.#counters = countersAfter())
    return this.#resolve(step.message, message, scope, keep)
  }

  async #resolve(index: number, message: TemplateMessage, scope: TemplateScope, keep: () => void): Promise<Made> {
    const { format, qos, retain, properties } = message
    const topic = this.#render(index, message, 'topic', scope)
    if (typeof topic !== 'string') return { ok: false, fault: topic }
    const topicFault = topicNameFault(topic)
    if (topicFault !== null) return { ok: false, fault: { kind: 'topic', topic: topic.slice(0, 1_000), fault: topicFault } }
    const text = this.#render(index, message, 'payload', scope)
    if (typeof text !== 'string') return { ok: false, fault: text }
    try {
      const payload = await this.#bytesOf(text, format)
      return { ok: true, message: { topic, payload, qos, retain, ...(properties && { properties }) }, keep }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { ok: false, fault: { kind: 'payload', reason: String(error.details['reason'] ?? error.code) } }
    }
  }

  #render(index: number, { topic, text }: TemplateMessage, part: Part, scope: TemplateScope): string | RunFault {
    const known = this.#parsed.get(index) ?? { topic: parseTemplate(topic), payload: parseTemplate(text) }
    this.#parsed.set(index, known)
    const parsed = known[part]
    const rendered = parsed.ok ? renderTemplate(parsed.template, scope) : parsed
    return rendered.ok ? rendered.text : templateFault(part, rendered.fault)
  }

  /** Text needs nobody else: at 100 messages a second that counts. No text is no bytes. */
  #bytesOf(text: string, format: TemplateMessage['format']): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>> {
    if (text === '') return new Uint8Array()
    const isPlain = format.kind === 'json' || format.kind === 'hex' || format.kind === 'base64'
    if (!isPlain && !(format.kind === 'text' && format.charset === 'utf-8')) return this.encode(text, format)
    const encoded = encodePayload(text, format.kind === 'text' ? 'text' : format.kind)
    if (!encoded.ok) throw new AppError('payload-not-encoded', encoded.fault.kind, { reason: encoded.fault.kind })
    return Uint8Array.from(encoded.bytes)
  }

  #variablesOf(row: number): ReadonlyMap<string, string> {
    const { rows } = this.order
    if (rows === null) return this.#variables
    const values = rows.rows[row] ?? []
    return new Map([...this.#variables, ...rows.columns.map((column, at): [string, string] => [`row.${column}`, values[at] ?? ''])])
  }
}

function templateFault(part: Part, { reason }: TemplateFault): RunFault {
  return { kind: 'template', part, fault: reason.kind, name: 'name' in reason ? reason.name : '' }
}
