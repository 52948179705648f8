import type { Comparison } from '@shared/payload/comparison'
import { layOutJson } from '@shared/payload/lay-out-json'
import type { RenderedBody } from '@shared/payload/rendered-payload'
import { renderPayload } from '../decoding/render-payload'
import type { ComparedInput } from '../payload-api'
import { jsonDifferences } from './json-differences'

/** More than this of a side is not for an editor that shows differences. */
const SHOWN_LENGTH = 1024 * 1024
const SHOWN_BYTES = 1024 * 1024

type Text = Extract<RenderedBody, { kind: 'text' }>

/** How two payloads differ: as texts where both have one, else byte by byte as they came. */
export function comparePayloads(before: ComparedInput, after: ComparedInput, tolerance: number): Comparison {
  const [left, right] = [textOf(before), textOf(after)]
  return left !== null && right !== null ? compareTexts(left, right, tolerance) : compareBytes(bytesOf(before), bytesOf(after))
}

function compareTexts(left: Text, right: Text, tolerance: number): Comparison {
  const language = left.language === right.language ? left.language : 'plain'
  const isJson = language === 'json'
  const [before, after] = isJson ? [laidOut(left.text), laidOut(right.text)] : [left.text, right.text]
  return {
    kind: 'text',
    language,
    before: before.slice(0, SHOWN_LENGTH),
    after: after.slice(0, SHOWN_LENGTH),
    isCut: before.length > SHOWN_LENGTH || after.length > SHOWN_LENGTH,
    isSame: before === after,
    structure: isJson ? jsonDifferences(left.text, right.text, tolerance) : null,
  }
}

function compareBytes(before: Uint8Array, after: Uint8Array): Comparison {
  const shortest = Math.min(before.byteLength, after.byteLength)
  let differing = Math.max(before.byteLength, after.byteLength) - shortest
  for (let index = 0; index < shortest; index += 1) {
    if (before[index] !== after[index]) differing += 1
  }
  return {
    kind: 'bytes',
    before: Uint8Array.from(before.subarray(0, SHOWN_BYTES)),
    after: Uint8Array.from(after.subarray(0, SHOWN_BYTES)),
    isCut: Math.max(before.byteLength, after.byteLength) > SHOWN_BYTES,
    isSame: differing === 0,
    differing,
  }
}

function textOf(input: ComparedInput): Text | null {
  if (input.kind === 'text') return { kind: 'text', language: isJson(input.text) ? 'json' : 'plain', text: input.text }
  const { body } = renderPayload(input.message, input.chosen, Number.MAX_SAFE_INTEGER)
  return body.kind === 'text' ? body : null
}

function bytesOf(input: ComparedInput): Uint8Array {
  return input.kind === 'text' ? new TextEncoder().encode(input.text) : input.message.payload
}

/** Only objects and arrays: a word or a number is as well a text. */
function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function laidOut(json: string): string {
  return json.length > SHOWN_LENGTH ? json : (layOutJson(json) ?? json)
}
