import { profileDraftSchema, type ProfileDraft } from '@shared/profile/profile'
import type { z } from '@shared/schema'

/** What CONNECT asked the broker for, to be set beside what it granted: no secrets, and no content. */
export const askedSchema = profileDraftSchema
  .pick({ mqttVersion: true, clientId: true, cleanStart: true, keepaliveSeconds: true, maximumPacketBytes: true, connectOptions: true })
export type Asked = z.infer<typeof askedSchema>

/** What a connection made by these values asks for. */
export function askedOf(values: Pick<ProfileDraft, keyof Asked>): Asked {
  const { mqttVersion, clientId, cleanStart, keepaliveSeconds, maximumPacketBytes, connectOptions } = values
  return { mqttVersion, clientId, cleanStart, keepaliveSeconds, maximumPacketBytes, connectOptions }
}
