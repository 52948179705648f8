import fc from 'fast-check'
import type { PatternClient } from '@shared/acl/pattern'

/** Few names, so that lines and topics meet often. */
const NAMES = ['a', 'b', '', '$SYS', 'x', 'u', '$share', '$sharea']
const name = fc.constantFrom(...NAMES)

/** Topic names of up to four levels. */
export const topics: fc.Arbitrary<string> = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')

const filterOf = (level: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(level, { maxLength: 4 }), fc.boolean())
    .map(([levels, isOpen]) => (isOpen ? [...levels, '#'] : levels).join('/'))
    .filter((filter) => filter !== '' && !filter.startsWith('$share/'))

/** Filters, none of them a shared subscription's. */
export const filters: fc.Arbitrary<string> = filterOf(fc.constantFrom(...NAMES, '+', '+'))

const patterns = filterOf(fc.constantFrom(...NAMES, '+', '%u', '%c', 'p-%c', '%u%c'))
const grants = fc.constantFrom('read', 'write', 'readwrite', 'deny')
const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(grants, filters).map(([grant, filter]) => `topic ${grant} ${filter}`) },
  { weight: 2, arbitrary: fc.tuple(grants, patterns).map(([grant, filter]) => `pattern ${grant} ${filter}`) },
  { weight: 1, arbitrary: fc.constantFrom('user u', 'user b', 'user a/b', 'user $SYS', 'user +') },
)

/** Texts of ACL files that the broker takes. */
export const aclTexts: fc.Arbitrary<string> = fc.array(line, { maxLength: 9 }).map((lines) => lines.join('\n'))

export const aclClients: fc.Arbitrary<PatternClient> = fc.record({
  username: fc.constantFrom(null, '', 'u', 'b', 'a/b', '$SYS', '+', 'other'),
  clientId: fc.constantFrom('', 'a', 'a/b', '$SYS', '#', 'c'),
})
