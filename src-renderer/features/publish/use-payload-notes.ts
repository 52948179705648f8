import { computed, shallowRef, watch, type Ref } from 'vue'
import { ruleFor } from '@shared/schemas/payload-rules'
import { request } from '../../bridge/client'
import { designNotes, type DesignNote } from './design-notes'
import { useSchemaProblems, type SchemaFindings, type ToValidate } from './use-schema-problems'
import type { PublishDeskUse } from './use-publish-desk'

/** What there is to say of a valid payload. */
export interface PayloadNotesUse {
  readonly findings: Readonly<Ref<SchemaFindings | null>>
  /** Where in the editor it is said. */
  readonly remarks: Readonly<Ref<readonly { readonly offset: number; readonly length: number; readonly message: string }[]>>
  /** The JSON Schema for the topic, as text. */
  readonly jsonSchema: Readonly<Ref<string | null>>
  readonly notes: Readonly<Ref<readonly DesignNote[]>>
}

export function usePayloadNotes(
  connectionId: Readonly<Ref<string>>,
  { resolved, draft }: Pick<PublishDeskUse, 'resolved' | 'draft'>,
  wantsNotes: Readonly<Ref<boolean>>,
): PayloadNotesUse {
  const json = computed(() => {
    const now = resolved.value
    if (!now.ok || now.draft.format !== 'json' || now.draft.file !== null || now.draft.sealed) return null
    return { topic: now.draft.topic, text: now.draft.text, isAsTyped: !now.inPayload }
  })
  const toValidate = computed<ToValidate | null>(() =>
    json.value === null ? null : { connectionId: connectionId.value, topic: json.value.topic, text: json.value.text },
  )
  const findings = useSchemaProblems(toValidate)
  const jsonSchema = useSchemaText(connectionId, computed(() => (draft.value.format === 'json' ? draft.value.topic : null)), findings)

  return {
    findings,
    remarks: computed(() => (json.value?.isAsTyped === true ? (findings.value?.problems ?? []) : [])),
    jsonSchema,
    // A received message is as it is: the notes are for what is written here.
    notes: computed(() => (wantsNotes.value && json.value !== null && draft.value.original === null ? designNotes(json.value.text) : [])),
  }
}

/** The schema by which JSON for a topic is checked, as text. Half-written JSON is not checked, and still to be completed. */
function useSchemaText(
  connectionId: Readonly<Ref<string>>,
  topic: Readonly<Ref<string | null>>,
  findings: Readonly<Ref<SchemaFindings | null>>,
): Readonly<Ref<string | null>> {
  const known = shallowRef<{ readonly schemaId: string; readonly text: string } | null>(null)

  async function read(connection: string, asked: string): Promise<void> {
    const { validations } = await request('payload-rules.read', { connectionId: connection })
    const schemaId = ruleFor(validations, asked)?.schemaId ?? null
    const isKnown = schemaId !== null && known.value?.schemaId === schemaId
    const text = schemaId === null || isKnown ? null : (await request('schemas.read', { connectionId: connection, schemaId })).text
    // Whoever types goes on meanwhile.
    if (connection !== connectionId.value || asked !== topic.value || isKnown) return
    known.value = schemaId === null || text === null ? null : { schemaId, text }
  }

  watch(
    // Findings by another schema: the rules are others now.
    [connectionId, topic, () => findings.value?.schemaId],
    ([connection, asked]) => {
      if (asked === null) return
      void read(connection, asked).catch(() => (known.value = null))
    },
    { immediate: true },
  )
  return computed(() => (topic.value === null ? null : (known.value?.text ?? null)))
}
