import { aclWords } from '@shared/acl/words'

export const messages = {
  acl: {
    words: aclWords,
    splitEditor: 'Resize editor',
    file: 'ACL file',
    tests: 'Tests',
    matrix: 'Matrix',
    expectations: 'Expectations',
    reach: 'What a filter can read',
  },
}
