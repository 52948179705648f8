import { nestsDeeperThan } from '@shared/transfer/json-depth'
import { z } from '@shared/schema'
import { folderSchema, MAX_FOLDER_DEPTH, MAX_ITEMS, type Folder } from './collection'
import { countOf, folderDepth } from './collection-tree'

/** Largest file, in bytes. */
export const MAX_COLLECTION_FILE_BYTES = 8 * 1024 * 1024
const FORMAT = 'pubscope-collection'
const VERSION = 1
/** Brackets: the file, two for each folder, and what a message holds. */
const MAX_NESTING = 2 * MAX_FOLDER_DEPTH + 8

/** Why a file brings nothing in. */
export const collectionFaultSchema = z.enum(['not-json', 'too-deep', 'no-collection', 'newer', 'broken', 'too-many', 'too-large', 'no-file', 'unreadable'])
export type CollectionFault = z.infer<typeof collectionFaultSchema>

const headSchema = z.looseObject({ format: z.literal(FORMAT), version: z.number() })
const fileSchema = z.strictObject({ format: z.literal(FORMAT), version: z.literal(VERSION), folder: folderSchema })

/** A folder as the text of a file. */
export function collectionText(folder: Folder): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, folder }, undefined, 2)}\n`
}

/** `where`: the path of what is wrong in it. */
export type ReadCollection =
  | { readonly ok: true; readonly folder: Folder }
  | { readonly ok: false; readonly fault: CollectionFault; readonly where: string }

/** The folder in the text of a file. */
export function readCollection(text: string): ReadCollection {
  const failed = (fault: CollectionFault, where = ''): ReadCollection => ({ ok: false, fault, where })
  let raw: unknown
  try {
    if (nestsDeeperThan(text, MAX_NESTING)) return failed('too-deep')
    raw = JSON.parse(text)
  } catch {
    return failed('not-json')
  }
  const head = headSchema.safeParse(raw)
  if (!head.success) return failed('no-collection')
  if (head.data.version > VERSION) return failed('newer')
  const file = fileSchema.safeParse(raw)
  if (!file.success) return failed('broken', deepestPath(file.error.issues))
  const { folder } = file.data
  if (countOf([folder]) > MAX_ITEMS) return failed('too-many')
  return folderDepth([folder]) > MAX_FOLDER_DEPTH ? failed('too-deep') : { ok: true, folder }
}

/** Where it is wrong: the issue of a union holds those of its branches. */
function deepestPath(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[] = []): string {
  const [issue] = issues
  if (issue === undefined) return above.map(String).join('.')
  const path = [...above, ...issue.path]
  if (issue.code !== 'invalid_union') return path.map(String).join('.')
  const branches = issue.errors.map((branch) => deepestPath(branch, path))
  return branches.sort((a, b) => b.split('.').length - a.split('.').length)[0] ?? path.map(String).join('.')
}
