import type { RenderedBody } from '@shared/payload/rendered-payload'
import { hexText } from '../../mqtt/hex/hex-rows'

/** What is shown of a payload as text; bytes as hexadecimal digits. */
export function shownText(body: RenderedBody): string {
  return body.kind === 'text' ? body.text : hexText(body.bytes)
}
