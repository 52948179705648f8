import { causeWords } from './cause-words'
import { findingWords } from './finding-words'
import { lineWords } from './line-words'

/**
 * What ACL files and decisions are called, in English: the page takes it into its catalogue as `acl.words…`, the command line as it is.
 * `{name}` is filled in; code stands between backticks.
 */
export const aclWords = {
  finding: findingWords,
  ...causeWords,
  line: lineWords,
}
