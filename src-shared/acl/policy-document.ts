import { parseAclFile, type AclFile } from './acl-file'
import { compileAclFile } from './acl-policy'
import { looksLikeDynsec, parseDynsec, type DynsecFile } from './dynamic-security/dynsec-file'
import { compileDynsec } from './dynamic-security/dynsec-policy'
import type { AccessPolicy, BrokerVersion } from './question'

interface Compiled {
  readonly policy: AccessPolicy
  /** The first line that makes the broker refuse the whole file; null: it takes it. */
  readonly firstFaultLine: number | null
}

/** A text that says who may do what, read and compiled. */
export type PolicyDocument =
  | (Compiled & { readonly kind: 'acl-file'; readonly file: AclFile })
  | (Compiled & { readonly kind: 'dynamic-security'; readonly file: DynsecFile })

/** Reads and compiles a text, by what it looks like; `version` is about an `acl_file`. */
export function readPolicy(text: string, version: BrokerVersion): PolicyDocument {
  if (!looksLikeDynsec(text)) return readAclPolicy(text, version)
  const file = parseDynsec(text)
  return { kind: 'dynamic-security', file, policy: compileDynsec(file), firstFaultLine: file.fault?.line ?? null }
}

/** Reads and compiles a text as an `acl_file`, whatever it looks like. */
export function readAclPolicy(text: string, version: BrokerVersion): PolicyDocument {
  const file = parseAclFile(text)
  return { kind: 'acl-file', file, policy: compileAclFile(file, version), firstFaultLine: file.firstFaultLine }
}
