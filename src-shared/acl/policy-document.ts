import { parseAclFile, type AclFile } from './acl-file'
import { compileAclFile } from './acl-policy'
import type { AccessPolicy, BrokerVersion } from './question'

/** A text that says who may do what, read and compiled. */
export interface PolicyDocument {
  readonly kind: 'acl-file'
  readonly file: AclFile
  readonly policy: AccessPolicy
  /** The first line that makes the broker refuse the whole file; null: it takes it. */
  readonly firstFaultLine: number | null
}

/** Reads and compiles a text, by what it looks like. */
export function readPolicy(text: string, version: BrokerVersion): PolicyDocument {
  const file = parseAclFile(text)
  return { kind: 'acl-file', file, policy: compileAclFile(file, version), firstFaultLine: file.firstFaultLine }
}
