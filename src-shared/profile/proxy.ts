import { z } from '@shared/schema'
import { hostSchema, portSchema } from './address'

/** Most bytes of a user name, of SOCKS5 (RFC 1929, section 2) and here of all. */
const MAX_USERNAME_BYTES = 255

const encoder = new TextEncoder()
const usernameSchema = z.string().refine((text) => encoder.encode(text).length <= MAX_USERNAME_BYTES)

/** Through which proxy a profile reaches its broker. Its password is a secret of the profile. */
export const proxySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** Whichever the system names for the broker, and none where it names none. */
  z.strictObject({ kind: z.literal('system') }),
  z.strictObject({ kind: z.literal('socks5'), host: hostSchema, port: portSchema, username: usernameSchema }),
  z.strictObject({
    kind: z.literal('http'),
    host: hostSchema,
    port: portSchema,
    /** Basic authentication ends a user name at its first colon (RFC 7617, section 2). */
    username: usernameSchema.regex(/^[^:]*$/),
  }),
])
export type ProxyChoice = z.infer<typeof proxySchema>

/** The conventional ports: 1080 (RFC 1928, section 3), and that of Squid. */
export const DEFAULT_PROXY_PORTS = { socks5: 1080, http: 3128 } as const
