import type { DynsecFault, DynsecFile } from '../dynamic-security/dynsec-file'
import { dynsecEntries } from './dynsec-entries'
import { dynsecNames } from './dynsec-names'
import { dynsecRoles } from './dynsec-roles'
import type { Finding } from './finding'

/** Everything worth saying about a `dynamic-security.json`, in the order of its lines. `error`: the broker lets nobody in with it. */
export function lintDynsec(file: DynsecFile): readonly Finding[] {
  if (file.fault !== null) return [faultFinding(file.fault)]
  const found = [...dynsecNames(file), ...dynsecEntries(file), ...dynsecRoles(file)]
  return found.sort((a, b) => a.line - b.line || a.span.start - b.span.start)
}

function faultFinding(fault: DynsecFault): Finding {
  const { line } = fault
  switch (fault.kind) {
    case 'syntax':
      return { rule: 'json-fault', severity: 'error', line, span: fault.span, data: { line, reason: fault.reason } }
    case 'too-deep':
      return { rule: 'json-too-deep', severity: 'error', line, span: { start: 0, end: 0 }, data: { line } }
    case 'name-no-string':
      return { rule: 'role-name-no-string', severity: 'error', line, span: fault.span, data: { line } }
  }
}
