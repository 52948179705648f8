import type { MqttVersionChoice, ProfileDraft } from './profile'

/** What a broker of MQTT 3.1 need not take more of. */
export const MAX_CLIENT_ID_BYTES_31 = 23

/**
 * Whether the version cannot do with the empty client identifier there is: 3.1 never can, 3.1.1 not for a session to keep
 * [MQTT-3.1.3-7]; a broker of 5.0 makes one up.
 */
export function needsClientId(
  { clientId, cleanStart }: Pick<ProfileDraft, 'clientId' | 'cleanStart'>,
  version: MqttVersionChoice,
): boolean {
  if (clientId !== '') return false
  return version === '3.1' || (version === '3.1.1' && !cleanStart)
}

/** Whether a connection of this version says what only MQTT 5.0 can say; an automatic one does, where it does not fall back. */
export function speaks5(version: MqttVersionChoice): boolean {
  return version === 'automatic' || version === '5.0'
}
