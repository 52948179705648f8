import { z } from '@shared/schema'

/** What a notice is about. The page has a sentence for each. */
export const noticeCodeSchema = z.enum([
  'corrupt-file',
  'newer-file',
  'not-saved',
  'address-unreadable',
  'address-scheme',
  'address-credentials',
  'address-invalid',
  'filter-invalid',
  'filter-without-address',
  'launch-failed',
])
export type NoticeCode = z.infer<typeof noticeCodeSchema>

/** Something the user should know that no request of theirs caused, e.g. a settings file set aside. */
export const noticeSchema = z.strictObject({
  id: z.number().int(),
  code: noticeCodeSchema,
  /** What fills the sentence; never a secret. */
  details: z.record(z.string(), z.string()),
})
export type Notice = z.infer<typeof noticeSchema>

export const appInfoSchema = z.strictObject({
  version: z.string(),
  platform: z.enum(['linux', 'mac', 'windows']),
  electronVersion: z.string(),
  chromiumVersion: z.string(),
  nodeVersion: z.string(),
  /** Whether the system can encrypt a password for us. */
  canEncrypt: z.boolean(),
  notices: z.array(noticeSchema),
  /** The tab to show first, or null. */
  selectedConnectionId: z.uuid().nullable(),
})
export type AppInfo = z.infer<typeof appInfoSchema>
