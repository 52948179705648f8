import type { AclFile } from '../acl-file'
import type { BrokerVersion } from '../question'
import type { Finding } from './finding'
import { refusedLines } from './refused-lines'
import { ruleLines } from './rule-lines'
import { unreachableLines } from './unreachable-lines'
import { userLines } from './user-lines'
import { isUtf16, wholeFile } from './whole-file'
import { writtenOddly } from './written-oddly'

/** Everything worth saying about an `acl_file`, in the order of its lines. `error`: the broker does not start with it. */
export function lintAclFile(file: AclFile, version: BrokerVersion): readonly Finding[] {
  const [first] = file.lines
  if (first !== undefined && isUtf16(first.text)) {
    return [{ rule: 'utf-16', severity: 'error', line: 1, span: { start: 0, end: first.text.length }, data: { line: 1 } }]
  }
  const found = [...wholeFile(file), ...refusedLines(file), ...writtenOddly(file), ...ruleLines(file), ...userLines(file), ...unreachableLines(file, version)]
  return found.sort((a, b) => a.line - b.line || a.span.start - b.span.start)
}
