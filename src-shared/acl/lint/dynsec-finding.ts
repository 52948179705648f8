import type { Span } from '../acl-file'
import type { DynsecRuleId, Finding, Severity } from './finding'

/** A finding about something that knows where it stands. */
export function dynsecFinding(
  rule: DynsecRuleId,
  severity: Severity,
  place: { readonly line: number | null; readonly span: Span },
  data: Readonly<Record<string, string | number>> = {},
): Finding {
  const line = place.line ?? 1
  return { rule, severity, line, span: place.span, data: { line, ...data } }
}
