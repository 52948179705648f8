import { computed, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Publish } from '@shared/message/publish'
import { topicNameFault, type TopicFault } from '@shared/mqtt/topic'
import { environmentVariables, type Environments } from '@shared/template/environments'
import { messageScope, type Counters } from '@shared/template/template-scope'
import { useErrorText } from '../../i18n/error-text'
import { placeOf } from '../../mqtt/json-text'
import { payloadFaultText, type FaultText } from '../../mqtt/payload-fault-text'
import { payloadOf } from '../../mqtt/payload-text'
import type { Draft } from './draft'
import { propertiesOfForm, saysNothing, type PropertyField } from './properties-form'
import { resolveDraft, type ResolvedDraft } from './resolve-draft'
import { templateFaultText } from './template-fault-text'
import { encodeText, positionOf, useEncoded, type EncodedText } from './use-encoded'

/** The payload that a draft stands for, as far as it is known. */
export type WrittenPayload =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly bytes: number | null }
  | { readonly kind: 'pending' }
  | { readonly kind: 'fault'; readonly fault: FaultText }

/** A draft, ready to be sent. */
export interface ReadyMessage {
  readonly message: Omit<Publish, 'payload'>
  readonly payload: { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly fileId: string }
  /** The counters of templates, once it is sent. */
  readonly counters: Counters
}

/** What a draft says, and what is wrong with it. */
export interface WrittenMessage {
  /** What would be sent now; times and random numbers are others when it is. */
  readonly resolved: Readonly<Ref<ResolvedDraft>>
  readonly payload: Readonly<Ref<WrittenPayload>>
  readonly topicFault: Readonly<Ref<TopicFault | null>>
  readonly wrongProperties: Readonly<Ref<ReadonlySet<PropertyField>>>
  /** Draws random numbers anew. */
  drawAnew(): void
  /** The message, its templates replaced now; null when something is wrong with it. */
  ready(): Promise<ReadyMessage | null>
}

const NONE_WRONG: ReadonlySet<PropertyField> = new Set()

export function useWrittenMessage(
  connectionId: Readonly<Ref<string>>,
  draft: Readonly<Ref<Draft>>,
  environments: Readonly<Ref<Environments>>,
  counters: Readonly<Ref<Counters>>,
): WrittenMessage {
  const { t } = useI18n({ useScope: 'global' })
  const errorText = useErrorText()
  const draws = shallowRef(0)

  const variables = computed(() => environmentVariables(environments.value))
  const scopeNow = () =>
    messageScope({ variables: variables.value, counters: counters.value, nowMs: Date.now(), uuid: () => crypto.randomUUID() })

  const resolved = computed(() => {
    void draws.value
    return resolveDraft(draft.value, scopeNow().scope)
  })
  const toEncode = computed(() => {
    const now = resolved.value
    if (!now.ok || now.draft.encoding === null || now.draft.original !== null || now.draft.file !== null) return null
    return { text: now.draft.text, format: now.draft.encoding }
  })
  const encoded = useEncoded(connectionId, toEncode)

  const payload = computed<WrittenPayload>(() => {
    const now = resolved.value
    if (!now.ok) {
      const text = templateFaultText(now.fault.reason, t)
      return { kind: 'fault', fault: { text, offset: now.part === 'payload' ? now.fault.offset : null } }
    }
    if (now.draft.file !== null) return { kind: 'file', bytes: now.draft.file.bytes }
    const plain = payloadOf(now.draft)
    // What is to be encoded has to be JSON, or text, to begin with: of that the place is known here.
    if (!plain.ok) return { kind: 'fault', fault: placed(payloadFaultText(plain.fault, now.draft.text, t), now.inPayload) }
    if (toEncode.value === null) return { kind: 'bytes', bytes: plain.bytes }
    return encoded.value === null ? { kind: 'pending' } : ofEncoded(encoded.value, now.draft.text, now.inPayload)
  })

  function ofEncoded(result: EncodedText, written: string, inTemplate: boolean): WrittenPayload {
    if (result.ok) return { kind: 'bytes', bytes: result.bytes }
    const { title, text } = errorText(result.error)
    const offset = positionOf(result.error)
    const what = text === '' ? title : text
    const fault = { text: offset === null ? what : t('mqtt.payloadFault.place', { ...placeOf(written, offset), what }), offset }
    return { kind: 'fault', fault: placed(fault, inTemplate) }
  }

  /** What is wrong in what a template becomes has no place in the template. */
  function placed(fault: FaultText, inTemplate: boolean): FaultText {
    return inTemplate ? { text: t('publish.template.inResult', { fault: fault.text }), offset: null } : fault
  }

  const properties = computed(() => propertiesOfForm(draft.value.properties))

  async function ready(): Promise<ReadyMessage | null> {
    const { scope, countersAfter } = scopeNow()
    const now = resolveDraft(draft.value, scope)
    const said = properties.value
    if (!now.ok || !said.ok || topicNameFault(now.draft.topic) !== null) return null
    const { topic, qos, retain, file, encoding, original, text } = now.draft
    const message = { topic, qos, retain, ...(saysNothing(draft.value.properties) ? {} : { properties: said.properties }) }
    if (file !== null) return file.fileId === null ? null : { message, payload: { kind: 'file', fileId: file.fileId }, counters: countersAfter() }
    const made = encoding === null || original !== null ? payloadOf(now.draft) : await encodeText(connectionId.value, { text, format: encoding })
    return made.ok ? { message, payload: { kind: 'bytes', bytes: made.bytes }, counters: countersAfter() } : null
  }

  return {
    resolved,
    payload,
    topicFault: computed(() => {
      const now = resolved.value
      return topicNameFault(now.ok ? now.draft.topic : draft.value.topic)
    }),
    wrongProperties: computed(() => (properties.value.ok ? NONE_WRONG : properties.value.wrong)),
    drawAnew: () => (draws.value += 1),
    ready,
  }
}
