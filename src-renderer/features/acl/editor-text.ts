/** Shown for what an editor would take for a line end, or hide: a CR that is none of CRLF everywhere, and a byte order mark. */
const STAND_INS: readonly (readonly [character: string, shown: readonly string[]])[] = [
  ['\r', ['\u240d', '\ue00d', '\uf8d0']],
  ['\ufeff', ['\u2402', '\ue0fe', '\uf8fe']],
]

/** A text as an editor shows it, with LF alone, and how what the editor holds becomes the file’s own text again. */
export interface EditorText {
  readonly shown: string
  readonly restore: (shown: string) => string
}

/** Every character of the text comes back, whatever its line ends: a broker reads them as they are. */
export function editorText(text: string): EditorText {
  const isCrlf = text.includes('\r') && !/\r(?!\n)|(?<!\r)\n/.test(text)
  let shown = isCrlf ? text.replaceAll('\r\n', '\n') : text
  const replaced: [string, string][] = []
  for (const [character, choices] of STAND_INS) {
    if (!shown.includes(character)) continue
    const standIn = choices.find((choice) => !text.includes(choice)) ?? ''
    shown = shown.replaceAll(character, standIn)
    replaced.push([standIn, character])
  }
  return {
    shown,
    restore: (changed) => {
      const back = replaced.reduce((restored, [standIn, character]) => (standIn === '' ? restored : restored.replaceAll(standIn, character)), changed)
      return isCrlf ? back.replaceAll('\n', '\r\n') : back
    },
  }
}
