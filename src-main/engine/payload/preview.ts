import type { PreviewKind } from '@shared/views/view-frame'

/** How many bytes of a payload a row shows at the most. */
const PREVIEW_BYTES = 160
const HEX_PREVIEW_BYTES = 24

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** The start of a payload on one line, for rows and lists. Reads no more of it than it shows. */
export function previewOf(payload: Uint8Array): { kind: PreviewKind; text: string } {
  if (payload.byteLength === 0) return { kind: 'empty', text: '' }
  const text = startAsText(payload)
  if (text === null) return { kind: 'binary', text: startAsHex(payload) }
  const line = text.replace(/\s+/g, ' ').trim()
  const cut = payload.byteLength > PREVIEW_BYTES ? `${line}…` : line
  return { kind: /^[[{]/.test(line) ? 'json' : 'text', text: cut }
}

/** The first bytes as UTF-8, a character cut in two left out; null when they are not text. */
function startAsText(payload: Uint8Array): string | null {
  const start = payload.subarray(0, PREVIEW_BYTES)
  const cutBytes = payload.byteLength > PREVIEW_BYTES ? 3 : 0
  for (let left = 0; left <= cutBytes; left += 1) {
    try {
      const text = decoder.decode(start.subarray(0, start.byteLength - left))
      return CONTROL_CHARACTERS.test(text) ? null : text
    } catch {
      // The cut may have gone through a character of up to four bytes: try again without its first part.
    }
  }
  return null
}

function startAsHex(payload: Uint8Array): string {
  const bytes = Array.from(payload.subarray(0, HEX_PREVIEW_BYTES), (byte) => byte.toString(16).padStart(2, '0'))
  return bytes.join(' ') + (payload.byteLength > HEX_PREVIEW_BYTES ? ' …' : '')
}
