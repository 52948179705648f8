import type { Span } from '../acl-file'

/** `error`: the broker does not start with this file, or lets nobody in. `warning`: it does, and what it does will surprise. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note'

/** What is checked of an `acl_file`. */
export type AclRuleId =
  // The broker refuses the file.
  | 'unknown-keyword'
  | 'capitalised-keyword'
  | 'indented-comment'
  | 'tab-in-keyword'
  | 'byte-order-mark'
  | 'utf-16'
  | 'missing-topic'
  | 'missing-user'
  | 'unknown-access'
  | 'capitalised-access'
  | 'comment-behind-topic'
  | 'plus-not-alone'
  | 'hash-not-alone'
  | 'hash-not-last'
  | 'too-many-levels'
  | 'too-long'
  | 'refused-line'
  // It takes the file, and surprises.
  | 'access-word-as-topic'
  | 'deny-hides-grant'
  | 'grant-covered'
  | 'deny-covered'
  | 'deny-without-grant'
  | 'duplicate-line'
  | 'user-without-lines'
  | 'pattern-without-name'
  | 'name-in-topic'
  | 'name-in-part-of-level'
  | 'name-at-start'
  | 'system-write'
  | 'share-filter'
  | 'user-wildcard'
  | 'user-slash'
  | 'comment-behind-user'
  | 'tab-in-topic'
  | 'tab-in-name'
  | 'control-character'
  | 'nul'
  | 'forgotten-line'
  // Good to know.
  | 'fails-open'
  | 'grants-all'
  | 'pattern-in-block'
  | 'client-id-is-free'
  | 'trailing-spaces'
  | 'near-forgotten-length'
  | 'comparing-cut'

/** What is checked of a `dynamic-security.json`. */
export type DynsecRuleId =
  // The broker lets nobody in.
  | 'json-fault'
  | 'json-too-deep'
  | 'role-name-no-string'
  // It reads the file, and surprises.
  | 'without-name'
  | 'duplicate-name'
  | 'unknown-role'
  | 'unknown-client'
  | 'unknown-group'
  | 'unknown-entry-type'
  | 'entry-without-topic'
  | 'entry-hidden'
  | 'literal-hidden'
  | 'roles-contradict'
  | 'name-not-replaced'
  | 'no-password'
  // Good to know.
  | 'client-disabled'
  | 'sends-all'
  | 'receives-by-default'
  | 'plus-covers-no-hash'

/** What is checked; `words.ts` says each in a title and an explanation. */
export type RuleId = AclRuleId | DynsecRuleId

/** A change to the line of a finding that heals it. */
export type Fix = { readonly kind: 'replace'; readonly span: Span; readonly text: string } | { readonly kind: 'remove-line' }

/** Something worth saying about a line. */
export interface Finding {
  readonly rule: RuleId
  readonly severity: Severity
  /** From 1. */
  readonly line: number
  readonly span: Span
  /** What the words of the rule have holes for; always `line`. */
  readonly data: Readonly<Record<string, string | number>>
  readonly fix?: Fix
}
