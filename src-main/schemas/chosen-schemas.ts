import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { kindOfName, MAX_SCHEMA_BYTES, type SchemaRefusal } from '@shared/schemas/schema-file'
import type { SchemaDraft } from './schema-keeper'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A file the user chose, or why it cannot be a schema. */
export function readChosenSchema(path: string): SchemaDraft | SchemaRefusal {
  const name = basename(path)
  const refused = (reason: SchemaRefusal['reason']): SchemaRefusal => ({ name, reason, problems: [] })
  const kind = kindOfName(name)
  if (kind === null) return refused('unknown-kind')
  try {
    const found = statSync(path)
    // A pipe or a device might never end.
    if (!found.isFile()) return refused('unreadable')
    if (found.size > MAX_SCHEMA_BYTES) return refused('too-large')
    return { id: null, name, kind, text: utf8.decode(readFileSync(path)) }
  } catch (error) {
    return refused(error instanceof TypeError ? 'not-text' : 'unreadable')
  }
}
