import { headerNameSchema, headerValueSchema, isReservedHeader, MAX_HEADERS } from '@shared/profile/header'
import { usesWebSocket, type HeadersChange, type Protocol } from '@shared/profile/profile'
import type { Secret } from './secret'

/** A header while it is edited; `key` tells rows apart, as two may read the same for a while. */
export interface HeaderRow {
  readonly key: number
  name: string
  /** As typed; a stored one never comes back here. */
  value: string
  /** The name under which main has a value; empty: it has none. */
  readonly storedName: string
}

let lastKey = 0

/** A row for `name`; `stored` when main has its value. */
export function headerRow(name: string, stored: boolean): HeaderRow {
  lastKey += 1
  return { key: lastKey, name, value: '', storedName: stored ? name : '' }
}

/** Whether main has a value for the row, as it is now. */
export function hasStoredValue({ name, storedName }: HeaderRow): boolean {
  return storedName !== '' && sameName(name, storedName)
}

/** The rows that count. What is wrong in them does only while a WebSocket is used: nobody sees them otherwise. */
export function countingHeaders(rows: readonly HeaderRow[], protocol: Protocol): readonly HeaderRow[] {
  if (usesWebSocket(protocol)) return rows
  const errors = Object.keys(headerErrors(rows))
  return rows.filter((_row, index) => !errors.some((field) => field.startsWith(`headers.${index}.`))).slice(0, MAX_HEADERS)
}

/** What is wrong, by field, `headers.2.value`. */
export function headerErrors(rows: readonly HeaderRow[]): Record<string, string> {
  const errors: Record<string, string> = {}
  if (rows.length > MAX_HEADERS) errors['headers'] = 'profiles.errors.headers.tooMany'
  for (const [index, row] of rows.entries()) {
    const nameFault = faultOfName(row, rows.slice(0, index))
    if (nameFault !== null) errors[`headers.${index}.name`] = `profiles.errors.headers.${nameFault}`
    const missing = row.value.trim() === ''
    if (missing ? !hasStoredValue(row) : !headerValueSchema.safeParse(row.value).success) {
      errors[`headers.${index}.value`] = `profiles.errors.headers.${missing ? 'valueMissing' : 'value'}`
    }
  }
  return errors
}

function faultOfName({ name }: HeaderRow, before: readonly HeaderRow[]): string | null {
  if (name.trim() === '') return 'nameMissing'
  if (isReservedHeader(name)) return 'reserved'
  if (!headerNameSchema.safeParse(name).success) return 'name'
  return before.some((other) => sameName(other.name, name)) ? 'duplicate' : null
}

/** What to do with the values of `rows`, when the profile had headers of these names before. */
export function headersChange(rows: readonly HeaderRow[], before: readonly string[], secret: Secret): HeadersChange {
  const isSame = rows.length === before.length && rows.every(({ name }, index) => name.trim() === before[index])
  const typed = rows.some(({ value }) => value.trim() !== '')
  if (isSame && !typed) return { kind: 'keep' }
  // Where nothing new is typed, the rest stays where it is.
  const storage = typed || secret.stored === 'none' ? secret.storage : secret.stored
  const values = rows.map(({ name, value }) => ({ name: name.trim(), value: value.trim() || null }))
  return { kind: 'set', values, storage }
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}
