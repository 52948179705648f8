import { toBase64 } from '@shared/payload/payload-codec'
import { bytesOf } from '@shared/publish/kept-properties'
import { MAX_KEPT_DRAFT_LENGTH, type KeptDraft, type PublishTabs } from '@shared/publish/publish-tabs'
import { payloadTextOf } from '../../mqtt/payload-text'
import type { Draft } from './draft'
import { formOfKept, keptFormOf } from './properties-form'
import type { PublishTab } from './publish-tab'

/** Whether a payload is too long to be kept until the app is started again. */
export function isTooLongToKeep(draft: Draft): boolean {
  const { text } = draft
  const original = keptOriginal(draft)
  return original === null ? text.length > MAX_KEPT_DRAFT_LENGTH : original.byteLength > MAX_KEPT_DRAFT_LENGTH
}

/** The tabs as main keeps them. */
export function keptTabsOf(tabs: readonly PublishTab[], activeId: string): PublishTabs {
  return {
    tabs: tabs.map(({ name, draft }) => ({ name, draft: keptDraftOf(draft) })),
    activeIndex: Math.max(0, tabs.findIndex(({ id }) => id === activeId)),
  }
}

/** A draft that was kept. */
export function draftOfKept({ originalBase64, fileName, properties, ...rest }: KeptDraft): Draft {
  const written = { ...rest, original: null, sealed: false }
  return {
    ...written,
    ...(originalBase64 === null ? {} : payloadTextOf(bytesOf(originalBase64), rest.format)),
    file: fileName === null ? null : { fileId: null, name: fileName, bytes: null },
    properties: formOfKept(properties),
  }
}

/** What is written in a further format becomes the same bytes again. */
function keptOriginal({ original, encoding }: Draft): Uint8Array | null {
  return encoding === null ? original : null
}

function keptDraftOf(draft: Draft): KeptDraft {
  const { topic, qos, retain, format, encoding, usesTemplates, text, file, properties } = draft
  const original = keptOriginal(draft)
  const isKept = !isTooLongToKeep(draft)
  return {
    topic,
    qos,
    retain,
    format,
    encoding,
    usesTemplates,
    text: isKept && original === null ? text : '',
    originalBase64: isKept && original !== null ? toBase64(original) : null,
    fileName: file?.name ?? null,
    properties: keptFormOf(properties),
  }
}
