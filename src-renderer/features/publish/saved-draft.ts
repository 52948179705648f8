import { savedProperties, type MessageContent } from '@shared/collections/saved-message'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import { usualChoice } from '@shared/payload/reading'
import { savedPayloadOf } from '../../mqtt/saved-payload'
import type { Draft } from './draft'
import { propertiesOfForm } from './properties-form'
import { mayHaveTemplates } from './resolve-draft'

/** A draft as it is kept in a collection; null: a file stands in for its payload. Properties that are wrong are left out. */
export function contentOfDraft(draft: Draft): MessageContent | null {
  if (draft.file !== null) return null
  const { topic, qos, retain, text, format, encoding, original } = draft
  const properties = propertiesOfForm(draft.properties)
  return {
    topic,
    payload:
      original === null
        ? { kind: 'text', text, format: encoding ?? usualChoice(format) }
        : savedPayloadOf(original, encoding && { text, format: encoding }),
    qos,
    retain,
    properties: savedProperties(properties.ok ? properties.properties : NO_PUBLISH_PROPERTIES),
    note: '',
    usesTemplates: draft.usesTemplates && mayHaveTemplates(draft),
    pauseMs: null,
  }
}
