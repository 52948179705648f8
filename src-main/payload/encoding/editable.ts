import { AppError } from '@shared/ipc/app-error'
import { EDITABLE_AS_IT_IS, type EditablePayload } from '@shared/payload/editable'
import { layOutJson } from '@shared/payload/lay-out-json'
import type { FormatChoice } from '@shared/payload/reading'
import type { SchemaFile } from '@shared/schemas/schema-file'
import { readPayload } from '../decoding/read-payload'
import { NO_AIDS, type ChosenReading, type MessagePayload } from '../payload-api'
import { ENCODERS, encode } from './encoders'

/** Longer texts are not edited. */
const MOST_CHARACTERS = 2 * 1024 * 1024

/** How a whole payload is edited so that, as long as nothing is edited, it becomes the same bytes again: that is tried here. */
export function editablePayload(message: MessagePayload, chosen: ChosenReading): EditablePayload {
  const { contents, choice, outcome } = readPayload(message, chosen, message.totalBytes)
  if (contents.compressions.length > 0) return { kind: 'compressed' }
  if (isPlain(choice) || ENCODERS[choice.kind] === null || outcome.body?.kind !== 'text') return EDITABLE_AS_IT_IS
  const { aids = NO_AIDS } = chosen
  // Metrics that a BIRTH names were sent without their names.
  const asSent = aids.births.length === 0 ? null : readPayload(message, { ...chosen, aids: { ...aids, births: [] } }, message.totalBytes).outcome.body
  for (const text of [...textsOf(outcome.body), ...textsOf(asSent), new TextDecoder().decode(message.payload)]) {
    if (!becomes(message.payload, text, choice, aids.schemas)) continue
    return text.length > MOST_CHARACTERS ? { kind: 'too-long', format: choice.kind } : { kind: 'text', text, format: choice }
  }
  // Partly read, it is not what it was taken for.
  return outcome.reason === null ? { kind: 'would-change', format: choice.kind } : EDITABLE_AS_IT_IS
}

/** What the editor shows of the bytes themselves. */
function isPlain(choice: FormatChoice): boolean {
  return choice.kind === 'json' || choice.kind === 'hex' || choice.kind === 'base64' || (choice.kind === 'text' && choice.charset === 'utf-8')
}

function textsOf(body: ReturnType<typeof readPayload>['outcome']['body']): string[] {
  if (body?.kind !== 'text') return []
  return body.language === 'json' ? [layOutJson(body.text) ?? body.text] : [body.text]
}

function becomes(payload: Uint8Array, text: string, choice: FormatChoice, schemas: readonly SchemaFile[]): boolean {
  try {
    return Buffer.compare(encode(text, choice, schemas), payload) === 0
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
