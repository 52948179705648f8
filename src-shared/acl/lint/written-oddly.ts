import type { AclFile, AclLine, Span } from '../acl-file'
import type { Finding } from './finding'

const SPACES_AT_END = /[ \t\v\f\r]*[ \t\v\f]+(?=\r?$)/
/** But tabs and NUL, of which others speak. */
const CONTROL = /[^\P{Cc}\t\0]/u

/** Characters in lines that are not taken as they look. */
export function writtenOddly(file: AclFile): Finding[] {
  return file.lines.flatMap((line) => (line.statement.kind === 'comment' || line.statement.kind === 'blank' ? [] : oddities(line)))
}

function contentSpan({ statement }: AclLine): Span | null {
  switch (statement.kind) {
    case 'user':
      return statement.span
    case 'topic':
    case 'pattern':
      return statement.filterSpan
    default:
      return null
  }
}

function oddities(line: AclLine): Finding[] {
  const content = contentSpan(line)
  if (content === null) return []
  const found: Finding[] = []
  const data = { line: line.line }
  const text = line.text.slice(content.start, content.end)
  const tab = text.indexOf('\t')
  if (tab !== -1) {
    const span = { start: content.start + tab, end: content.start + tab + 1 }
    const isUser = line.statement.kind === 'user'
    found.push({ rule: isUser ? 'tab-in-name' : 'tab-in-topic', severity: 'warning', line: line.line, span, data, fix: { kind: 'replace', span, text: isUser ? '' : ' ' } })
  }
  const control = CONTROL.exec(text)
  if (control !== null) {
    const start = content.start + control.index
    const span = { start, end: start + 1 }
    const character = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    found.push({ rule: 'control-character', severity: 'warning', line: line.line, span, data: { ...data, character }, fix: { kind: 'replace', span, text: '' } })
  }
  const spaces = SPACES_AT_END.exec(line.text)
  if (spaces !== null) {
    const span = { start: spaces.index, end: spaces.index + spaces[0].length }
    found.push({ rule: 'trailing-spaces', severity: 'note', line: line.line, span, data, fix: { kind: 'replace', span, text: '' } })
  }
  return found
}
