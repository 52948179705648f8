import { namesUser } from '../pattern'
import type { AclFile, AclLine, Span } from '../acl-file'
import type { Finding } from './finding'
import { commentBehind } from './refused-lines'

/** What surprises about the users that a file names. */
export function userLines(file: AclFile): Finding[] {
  const hasPatterns = file.rules.some(({ kind }) => kind === 'pattern')
  const namesUsers = file.rules.some(({ kind, filter }) => kind === 'pattern' && namesUser(filter))
  const withLines = new Set(file.rules.filter(({ kind }) => kind === 'topic').map(({ user }) => user))
  const seen = new Set<string>()
  return file.lines.flatMap((line): Finding[] => {
    const { statement } = line
    if (statement.kind !== 'user' || seen.has(statement.name)) return []
    const { name, span } = statement
    seen.add(name)
    const data = { line: line.line, user: name }
    const found: Finding[] = oddName(line, name, span, hasPatterns, namesUsers).map((about) => ({ line: line.line, span, data, ...about }))
    if (!withLines.has(name)) found.push({ rule: 'user-without-lines', severity: 'warning', line: line.line, span, data })
    return found
  })
}

type About = Pick<Finding, 'rule' | 'severity'> & Partial<Pick<Finding, 'span' | 'fix'>>

function oddName({ text }: AclLine, name: string, span: Span, hasPatterns: boolean, namesUsers: boolean): About[] {
  const comment = commentBehind(text, span)
  if (comment !== null) return [{ rule: 'comment-behind-user', severity: 'warning', ...comment }]
  if (hasPatterns && /[+#]/.test(name)) return [{ rule: 'user-wildcard', severity: 'warning' }]
  return namesUsers && name.includes('/') ? [{ rule: 'user-slash', severity: 'warning' }] : []
}
