import { z } from '@shared/schema'

/** Most headers a profile adds to the handshake of its WebSocket. */
export const MAX_HEADERS = 50
const MAX_VALUE_LENGTH = 8_192

/** What the handshake says itself (RFC 6455, section 4.1), or what would make another request of it. */
const RESERVED = /^(?:host|connection|upgrade|content-length|transfer-encoding|sec-websocket-.*)$/i

/** A token of RFC 9110, section 5.6.2, that the handshake has no use of its own for. */
export const headerNameSchema = z
  .string()
  .trim()
  .max(200)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/)
  .refine((name) => !RESERVED.test(name))

/** Whether the handshake of a WebSocket has this header already. */
export function isReservedHeader(name: string): boolean {
  return RESERVED.test(name.trim())
}

/** A field value of RFC 9110, section 5.5: what Latin-1 can show, and tabs. */
export const headerValueSchema = z.string().trim().min(1).max(MAX_VALUE_LENGTH).regex(/^[\t\x20-\x7e\x80-\xff]+$/)

/** Names of headers, each once: they do not care for case. */
export const headerNamesSchema = z
  .array(headerNameSchema)
  .max(MAX_HEADERS)
  .refine((names) => new Set(names.map((name) => name.toLowerCase())).size === names.length)
