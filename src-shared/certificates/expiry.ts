import { z } from '@shared/schema'

/** What a certificate is to its owner: an authority it trusts, what it shows itself, or what the server shows. */
export const expiryRoleSchema = z.enum(['authority', 'client', 'server'])
export type ExpiryRole = z.infer<typeof expiryRoleSchema>

/** A certificate that has expired or soon will. */
export const expirySchema = z.strictObject({
  /** The profile it belongs to, or the connection where no profile stands behind it. */
  ownerId: z.uuid(),
  role: expiryRoleSchema,
  /** Whom it names; text from outside. */
  subject: z.string(),
  validToMs: z.number(),
  state: z.enum(['expired', 'expiresSoon']),
  /** Whole days since, or until. */
  days: z.number().int().min(0),
})
export type Expiry = z.infer<typeof expirySchema>
