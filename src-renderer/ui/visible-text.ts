/** What reads as nothing, or turns the reading order around: control characters, bidirectional marks, blank joiners, line separators. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

function stand(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code) // Unicode has pictures of these: ␀ … ␟
  if (code === 0x7f) return '\u2421'
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

/** Text from outside on one line, with everything in it to be seen: no name looks like another, none rearranges what stands around it. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, stand)
}

/** More characters than any line of a window has room for. */
const LINE_LENGTH = 1_000

/** {@link visibleText} for a line that is clipped anyway: laying out 65,535 characters for it would hold up the page. */
export function visibleLine(text: string): string {
  return visibleText(text.length > LINE_LENGTH ? `${text.slice(0, LINE_LENGTH)}…` : text)
}
