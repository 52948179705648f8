import type { PolicyDocument } from '../policy-document'
import type { BrokerVersion } from '../question'
import type { Finding } from './finding'
import { lintAclFile } from './lint-acl-file'
import { lintDynsec } from './lint-dynsec'

/** Everything worth saying about a file of whatever kind, in the order of its lines. */
export function lintPolicy(document: PolicyDocument, version: BrokerVersion): readonly Finding[] {
  switch (document.kind) {
    case 'acl-file':
      return lintAclFile(document.file, version)
    case 'dynamic-security':
      return lintDynsec(document.file)
  }
}
