import type { Finding } from '@shared/acl/lint/finding'
import { lintPolicy } from '@shared/acl/lint/lint-policy'
import type { BrokerVersion } from '@shared/acl/question'
import type { Arguments } from '../arguments'
import { CommandFailure } from '../command-failure'
import { EXIT, type ExitCode } from '../exit-code'
import type { Output } from '../output'
import { findingText } from '../plain-words'
import { readPolicyFile } from '../read-input'

/** Says what is wrong or surprising in files. */
export async function check({ operands, version, format }: Arguments, output: Output): Promise<ExitCode> {
  if (operands.length === 0) throw new CommandFailure('“check” needs a file.')
  let code: ExitCode = EXIT.good
  for (const file of operands) {
    const document = readPolicyFile(file, version ?? '2.0')
    const findings = lintPolicy(document, version ?? '2.0')
    if (document.firstFaultLine !== null) code = EXIT.bad
    await output.write(format === 'json' ? jsonReport(file, version ?? '2.0', findings) : plainReport(file, findings))
  }
  return code
}

function plainReport(file: string, findings: readonly Finding[]): string {
  return findings
    .map((finding) => {
      const { title, text } = findingText(finding)
      return `${file}:${finding.line}:${finding.span.start + 1}: ${finding.severity}: ${title}. ${text} [${finding.rule}]\n`
    })
    .join('')
}

function jsonReport(file: string, version: BrokerVersion, findings: readonly Finding[]): string {
  const listed = findings.map((finding) => {
    const { rule, severity, line, span } = finding
    return { rule, severity, line, column: span.start + 1, endColumn: span.end + 1, ...findingText(finding) }
  })
  const count = (wanted: Finding['severity']): number => findings.filter(({ severity }) => severity === wanted).length
  return `${JSON.stringify({ file, version, errors: count('error'), warnings: count('warning'), notes: count('note'), findings: listed })}\n`
}
