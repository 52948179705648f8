import { headerNameSchema, headerValueSchema } from '@shared/profile/header'
import type { HeadersChange, PasswordChange } from '@shared/profile/profile'
import { z } from '@shared/schema'

const valuesSchema = z.array(z.strictObject({ name: headerNameSchema, value: headerValueSchema }))
export type HeaderValues = z.infer<typeof valuesSchema>

/** The headers that are in a secret; none when there is none, or nothing that we wrote. */
export function readHeaderValues(secret: string | null): HeaderValues {
  if (secret === null) return []
  try {
    return valuesSchema.catch([]).parse(JSON.parse(secret))
  } catch {
    return []
  }
}

/** What becomes of the secret with all values, of which `stored` are there so far. */
export function headerSecretChange(change: HeadersChange, stored: HeaderValues): PasswordChange {
  if (change.kind === 'keep') return { kind: 'keep' }
  const values = change.values.flatMap(({ name, value }) => {
    const kept = value ?? stored.find((other) => other.name.toLowerCase() === name.toLowerCase())?.value
    return kept === undefined ? [] : [{ name, value: kept }]
  })
  if (values.length === 0) return { kind: 'clear' }
  return { kind: 'set', password: JSON.stringify(values), storage: change.storage }
}
