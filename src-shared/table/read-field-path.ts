import { MAX_FIELD_KEY_LENGTH, MAX_FIELD_PATH_STEPS, type FieldPath } from '@shared/payload/field-path'

const STEP = /(?:^|\.)([\p{L}_$][\p{L}\p{N}_$]*)|\[(\d{1,9})\]|\[("(?:\\.|[^"\\])*")\]/uy

/** The path that `pathText` wrote: `status.values[0]["odd key"]`. Null for what is none. */
export function readFieldPath(text: string): FieldPath | null {
  if (text.startsWith('.')) return null
  const path: (string | number)[] = []
  STEP.lastIndex = 0
  while (STEP.lastIndex < text.length) {
    const step = STEP.exec(text)
    if (step === null || path.length === MAX_FIELD_PATH_STEPS) return null
    const [, name, index, quoted] = step
    const key = quoted === undefined ? name : unquoted(quoted)
    if (key === null || (key !== undefined && key.length > MAX_FIELD_KEY_LENGTH)) return null
    path.push(key ?? Number(index))
  }
  return path.length === 0 ? null : path
}

function unquoted(quoted: string): string | null {
  try {
    const key: unknown = JSON.parse(quoted)
    return typeof key === 'string' ? key : null
  } catch {
    return null
  }
}
