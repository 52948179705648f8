import { existsSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Store from 'electron-store'
import { AppError } from '@shared/ipc/app-error'
import type { z } from '@shared/schema'

/** No file of ours grows this large; one that did is not read into memory. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

/** A file that could not be used, and under which name it was kept. */
export interface SetAside {
  readonly kind: 'corrupt' | 'newer'
  readonly file: string
  readonly keptAs: string
  readonly reason: string
}

/** A document with the version of its shape. */
export interface Versioned {
  readonly schemaVersion: number
}

export interface JsonStoreOptions<Document extends Versioned> {
  readonly folder: string
  /** Without `.json`. */
  readonly name: string
  readonly schema: z.ZodType<Document>
  readonly schemaVersion: number
  readonly initial: Document
  readonly setAside: (event: SetAside) => void
}

/**
 * One JSON document on disk, checked when read, written atomically (electron-store writes a temporary file and renames it).
 * A file that cannot be read, or that a newer Pubscope wrote, is kept under another name and reported, never overwritten.
 */
export class JsonStore<Document extends Versioned> {
  readonly #store: Store
  readonly name: string
  #document: Document

  constructor(options: JsonStoreOptions<Document>) {
    this.name = options.name
    const file = join(options.folder, `${options.name}.json`)
    const found = readDocument(file, options)
    this.#document = found ?? options.initial
    this.#store = new Store({
      cwd: options.folder,
      name: options.name,
      accessPropertiesByDotNotation: false,
      // For its owner alone: it may hold a password.
      configFileMode: 0o600,
    })
  }

  get document(): Document {
    return this.#document
  }

  /** Replaces the document, on disk before it returns. @throws {AppError} `storage-failed`, `too-many`; the old document stays. */
  write(document: Document): void {
    // What is not read again must not be written.
    if (Buffer.byteLength(JSON.stringify(document, undefined, '\t')) > MAX_FILE_BYTES) {
      throw new AppError('too-many', `${this.name}.json would be too large`)
    }
    try {
      this.#store.store = Object.fromEntries(Object.entries(document))
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      throw new AppError('storage-failed', `${this.name}.json could not be written`, { file: `${this.name}.json`, reason })
    }
    this.#document = document
  }
}

function readDocument<Document extends Versioned>(file: string, options: JsonStoreOptions<Document>): Document | null {
  if (!existsSync(file)) return null
  const leave = (kind: SetAside['kind'], reason: string): null => {
    const stamp = new Date().toISOString().replace(/[:.]/g, '-')
    const keptAs = `${options.name}.${kind}-${stamp}.json`
    renameSync(file, join(options.folder, keptAs))
    options.setAside({ kind, file: `${options.name}.json`, keptAs, reason })
    return null
  }
  if (statSync(file).size > MAX_FILE_BYTES) return leave('corrupt', 'the file is too large')
  let raw: unknown
  try {
    raw = new Store({ cwd: options.folder, name: options.name, accessPropertiesByDotNotation: false }).store
  } catch (error) {
    return leave('corrupt', error instanceof Error ? error.message : String(error))
  }
  const version = typeof raw === 'object' && raw !== null && 'schemaVersion' in raw ? raw.schemaVersion : undefined
  if (typeof version === 'number' && version > options.schemaVersion) return leave('newer', `schema version ${version}`)
  const parsed = options.schema.safeParse(raw)
  if (parsed.success) return parsed.data
  // Paths of what is wrong, not values: a settings file may hold a password.
  return leave('corrupt', parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', '))
}

/** The files of this name that were set aside at some time, and not removed since. */
export function setAsideFiles(folder: string, name: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => /\.(?:corrupt|newer)-/.test(file) && file.startsWith(`${name}.`)) : []
}
