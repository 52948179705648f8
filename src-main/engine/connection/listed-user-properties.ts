import type { UserProperty } from '@shared/mqtt/mqtt-string'

/** A list and, for the types of MQTT.js, which know of no list, a dictionary that holds nothing else. */
type ListedProperties = Record<string, string>[] & Record<string, string>

/** One object for each, as mqtt-packet takes them too: in a dictionary they would lose their order [MQTT-3.1.3-10]. */
export function withUserProperties(properties: readonly UserProperty[]): { userProperties?: ListedProperties } {
  if (properties.length === 0) return {}
  // No object literals: names are the user's, `__proto__` too.
  const list = properties.map(({ name, value }) => Object.fromEntries([[name, value]]))
  const nothingElse: Record<string, string> = {}
  return { userProperties: Object.assign(list, nothingElse) }
}
