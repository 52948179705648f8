import { shallowRef, watch, type Ref } from 'vue'
import { AppError } from '@shared/ipc/app-error'
import { formatChoiceSchema, type FormatChoice } from '@shared/payload/reading'
import { request } from '../../bridge/client'

/** A text and what the payload thread is to make of it. */
export interface ToEncode {
  readonly text: string
  readonly format: FormatChoice
}

export type EncodedText = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly error: unknown }

/** The bytes of a text, or why there are none; no text is no bytes. */
export async function encodeText(connectionId: string, { text, format }: ToEncode): Promise<EncodedText> {
  if (text === '') return { ok: true, bytes: new Uint8Array() }
  try {
    // Parsed, it is plain: what is reactive cannot leave the page.
    return { ok: true, bytes: await request('payloads.encode', { connectionId, text, format: formatChoiceSchema.parse(format) }) }
  } catch (error) {
    return { ok: false, error }
  }
}

/** Where in the text an encoder stopped, in UTF-16 units; null: it did not say. */
export function positionOf(error: unknown): number | null {
  const position = error instanceof AppError ? error.details['position'] : undefined
  return typeof position === 'number' ? position : null
}

/** Keeps what a text becomes, one question at a time; null while that is not known. */
export function useEncoded(connectionId: Readonly<Ref<string>>, wanted: Readonly<Ref<ToEncode | null>>): Readonly<Ref<EncodedText | null>> {
  const known = shallowRef<{ readonly of: ToEncode; readonly encoded: EncodedText } | null>(null)
  const current = shallowRef<EncodedText | null>(null)
  let isAsking = false

  async function ask(): Promise<void> {
    const next = wanted.value
    current.value = known.value !== null && next !== null && isSame(known.value.of, next) ? known.value.encoded : null
    if (next === null || isAsking || current.value !== null) return
    isAsking = true
    known.value = { of: next, encoded: await encodeText(connectionId.value, next) }
    isAsking = false
    await ask()
  }
  watch(wanted, () => void ask(), { immediate: true })
  return current
}

function isSame(one: ToEncode, other: ToEncode): boolean {
  return one.text === other.text && JSON.stringify(one.format) === JSON.stringify(other.format)
}
