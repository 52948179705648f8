import { FORM_LIMITS } from '@shared/payload/json-form'

/** How much of a stranger's payload is taken apart; beyond it there is a partial view, and the fault `limit`. */
export const READING_LIMITS = {
  /** Arrays and maps within each other. */
  depth: FORM_LIMITS.depth,
  /** Values of one payload. */
  values: FORM_LIMITS.values,
  /** Of the text a structured format is shown as. */
  shownCharacters: FORM_LIMITS.characters,
  /** What one compression may unwrap to. */
  inflatedBytes: 64 * 1024 * 1024,
  /** Of JSON that is checked, and has a value, in UTF-16 units: its parser cannot be stopped once it has begun. */
  checkedJson: 64 * 1024 * 1024,
  /** Compressions within each other. */
  compressions: 3,
  /** Of an image: four times as many bytes once the page draws it. */
  pixels: 50_000_000,
} as const
