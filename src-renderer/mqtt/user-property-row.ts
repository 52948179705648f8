import type { UserProperty } from '@shared/mqtt/mqtt-string'

/** A user property while it is edited; `key` tells rows apart, as names may repeat. */
export interface UserPropertyRow {
  readonly key: number
  name: string
  value: string
}

let lastKey = 0

/** The rows of these properties. */
export function rowsOf(properties: readonly UserProperty[]): UserPropertyRow[] {
  return properties.map(({ name, value }) => {
    lastKey += 1
    return { key: lastKey, name, value }
  })
}

/** The properties of these rows; a row with nothing in it is none. */
export function userPropertiesOf(rows: readonly UserPropertyRow[]): UserProperty[] {
  return rows.filter(({ name, value }) => name !== '' || value !== '').map(({ name, value }) => ({ name, value }))
}
