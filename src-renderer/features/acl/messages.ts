export const messages = {
  acl: {
    splitEditor: 'Resize editor',
    file: 'ACL file',
    tests: 'Tests',
    matrix: 'Matrix',
    expectations: 'Expectations',
    reach: 'What a filter can read',
  },
}
