import type { editor } from 'monaco-editor/editor/editor.api'

/** The part of `before` that must be replaced by `text` to get `after`; offsets count UTF-16 units. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly text: string
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

/** The smallest single change that turns `before` into `after`, never between the halves of a surrogate pair. */
export function changeBetween(before: string, after: string): TextChange {
  const shortest = Math.min(before.length, after.length)
  let start = 0
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  while (start > 0 && (isLowSurrogate(before.charCodeAt(start)) || isLowSurrogate(after.charCodeAt(start)))) start -= 1
  let tail = 0
  const mostTail = shortest - start
  while (tail < mostTail && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) {
    tail += 1
  }
  while (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail -= 1
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

/** Past this, looking for the change costs more than it saves. */
const LARGEST_PATCH = 1_000_000

/**
 * Shows `after` in a model that holds `before`. Only what differs is replaced, so that scroll position, selection
 * and folded parts of a live value stay. Returns false when the whole text had to be set.
 */
export function patchModel(model: editor.ITextModel, before: string, after: string): boolean {
  // The model counts every line end as its own kind: with CR about, offsets would not fit.
  if (before.length + after.length > LARGEST_PATCH || before.includes('\r') || after.includes('\r')) {
    setModelText(model, after)
    return false
  }
  const { start, end, text } = changeBetween(before, after)
  const from = model.getPositionAt(start)
  const to = model.getPositionAt(end)
  model.applyEdits([
    {
      range: {
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      },
      text,
    },
  ])
  return true
}

/** Sets the whole text and forgets how to undo. Line ends to come are LF on every system, unless the text has CRLF. */
export function setModelText(model: editor.ITextModel, text: string): void {
  model.setValue(text)
  if (!text.includes('\r')) model.setEOL(0)
}
