/** Longest text of a broker that is shown: it may send 64 kB, and each change of a connection takes it to the page again. */
const MAX_SHOWN_CHARACTERS = 1_000

/** A text of a broker as it is shown: its beginning, with an ellipsis where it goes on; null where there is none. */
export function shownText(text: string | undefined): string | null {
  if (text === undefined) return null
  // Without the half of a character that the cut may leave.
  return text.length <= MAX_SHOWN_CHARACTERS ? text : `${text.slice(0, MAX_SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')}…`
}
