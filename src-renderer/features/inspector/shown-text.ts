import { decodePayload } from '@shared/payload/payload-codec'
import type { RenderedBody } from '@shared/payload/rendered-payload'

/** What is shown of a payload as text; bytes as hexadecimal digits. */
export function shownText(body: RenderedBody): string {
  if (body.kind === 'text') return body.text
  const hex = decodePayload(body.bytes, 'hex')
  return hex.ok ? hex.text : ''
}
