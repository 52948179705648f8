import { computed, shallowRef, watch, type Ref } from 'vue'
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
  const jsonSchema = useSchemaText(connectionId, computed(() => findings.value?.schemaId ?? null))

  return {
    findings,
    remarks: computed(() => (json.value?.isAsTyped === true ? (findings.value?.problems ?? []) : [])),
    jsonSchema,
    // A received message is as it is: the notes are for what is written here.
    notes: computed(() => (wantsNotes.value && json.value !== null && draft.value.original === null ? designNotes(json.value.text) : [])),
  }
}

function useSchemaText(connectionId: Readonly<Ref<string>>, schemaId: Readonly<Ref<string | null>>): Readonly<Ref<string | null>> {
  const text = shallowRef<string | null>(null)
  watch([connectionId, schemaId], async ([connection, schema]) => {
    text.value = null
    if (schema === null) return
    const file = await request('schemas.read', { connectionId: connection, schemaId: schema }).catch(() => null)
    if (schemaId.value === schema) text.value = file?.text ?? null
  })
  return text
}
