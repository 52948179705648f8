import { certificatePurposeSchema } from '@shared/profile/tls'
import { mqttVersionSchema } from '@shared/profile/profile'
import { secretNameSchema } from '@shared/profile/secret'
import { z } from '@shared/schema'
import { obstacleSchema, remarkSchema } from './remark'

export const transferSourceSchema = z.enum(['mqtt-explorer', 'mqttx', 'mosquitto', 'pubscope'])
/** Where imported profiles come from. */
export type TransferSource = z.infer<typeof transferSourceSchema>

/** A profile that can come in, as the page may know it: what is secret is said to be there, and no more. */
export const previewProfileSchema = z.strictObject({
  /** Its place in the file: how the page names it. */
  index: z.number().int().min(0),
  name: z.string(),
  address: z.string(),
  group: z.string(),
  username: z.string(),
  mqttVersion: mqttVersionSchema,
  /** The secrets it brings along, by name. */
  brings: z.array(secretNameSchema),
  certificates: z.array(certificatePurposeSchema),
  hasWill: z.boolean(),
  hasProxy: z.boolean(),
  subscriptionCount: z.number().int(),
  /** Whether there is a profile of this name. */
  clashes: z.boolean(),
  remarks: z.array(remarkSchema),
})
export type PreviewProfile = z.infer<typeof previewProfileSchema>

/** What an import would bring; nothing has been changed yet. */
export const previewSchema = z.strictObject({
  importId: z.uuid(),
  source: transferSourceSchema,
  /** Null for pasted text. */
  fileName: z.string().nullable(),
  profiles: z.array(previewProfileSchema),
  unusable: z.array(z.strictObject({ name: z.string(), obstacle: obstacleSchema })),
})
export type Preview = z.infer<typeof previewSchema>

/** What opening a file led to. */
export const openedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('preview'), preview: previewSchema }),
  /** Closed by a passphrase; `transfer.unlock` opens it. */
  z.strictObject({ kind: z.literal('sealed'), importId: z.uuid(), fileName: z.string().nullable() }),
])
export type Opened = z.infer<typeof openedSchema>

/** What to do with a profile of the preview; those not named stay out. */
export const importChoiceSchema = z.strictObject({
  index: z.number().int().min(0),
  /** Where a profile has this name already: beside it, under another name, or in its place. */
  onClash: z.enum(['keep-both', 'replace']),
})
export type ImportChoice = z.infer<typeof importChoiceSchema>

export const importResultSchema = z.strictObject({ added: z.number().int(), replaced: z.number().int() })
export type ImportResult = z.infer<typeof importResultSchema>

/** Settings of another program found on this computer. */
export const foundSourceSchema = z.strictObject({ index: z.number().int().min(0), path: z.string() })
export type FoundSource = z.infer<typeof foundSourceSchema>

/** Fewest characters of a passphrase that closes a file. */
export const MIN_PASSPHRASE_LENGTH = 8
const MAX_PASSPHRASE_LENGTH = 1_000
export const passphraseSchema = z.string().max(MAX_PASSPHRASE_LENGTH)

export const exportResultSchema = z.strictObject({
  fileName: z.string(),
  profiles: z.number().int(),
  /** Secrets that were kept for a session that is over, or could not be decrypted: the file lacks them. */
  leftOut: z.number().int(),
})
export type ExportResult = z.infer<typeof exportResultSchema>
