import { z } from '@shared/schema'
import type { CandidateFile, Entry, Unusable } from './candidate'
import { draftFrom, type DraftValues } from './draft-from'
import { quoted, type Obstacle, type Remark } from './remark'

/** A field in JSON of another program; it may be missing or of another kind. */
export const text = z.string().catch('')
/** A field that the profile's own schema looks at. */
export const anything = z.unknown().optional()

/** A connection that makes no profile. */
export function unusable(name: unknown, obstacle: Obstacle): Unusable {
  return { kind: 'unusable', name: typeof name === 'string' ? quoted(name) : '', obstacle }
}

/** What goes with the values of a connection. */
export interface Belongings {
  /** Empty: none. */
  readonly password: string
  readonly files: Record<string, CandidateFile>
  readonly remarks?: readonly Remark[]
}

/** The profile that a connection makes. */
export function entryOf(values: DraftValues, { password, files, remarks = [] }: Belongings): Entry {
  const result = draftFrom(values)
  if (!result.ok) return unusable(values.name, result.obstacle)
  return {
    kind: 'usable',
    draft: result.draft,
    secrets: password === '' ? {} : { password },
    files,
    remarks: [...remarks, ...result.remarks],
  }
}

/** A port as JSON of others has it: a number, or digits as text. */
export function portOf(port: unknown): unknown {
  return typeof port === 'string' && /^\s*\d{1,5}\s*$/.test(port) ? Number(port) : port
}

/** A WebSocket path with its slash; undefined: not said. */
export function pathOf(path: string): string | undefined {
  return path === '' ? undefined : `/${path.replace(/^\/+/, '')}`
}

/** A scheme without what may follow it in an address. */
export function schemeOf(protocol: string): string {
  return protocol.replace(/:?\/*$/, '')
}
