import { writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readExpectations, type ExpectationsFault } from '@shared/acl/expectations/read-expectations'
import { runExpectation } from '@shared/acl/expectations/run-expectations'
import type { Expectations } from '@shared/acl/expectations/expectation'
import type { Arguments } from '../arguments'
import { CommandFailure } from '../command-failure'
import { EXIT, type ExitCode } from '../exit-code'
import { junitReport } from '../junit'
import type { Output } from '../output'
import { caseText, faultText, shown } from '../plain-words'
import { readBytes, readSoundPolicyFile } from '../read-input'
import { systemWords } from '../system-words'
import type { Suite } from '../suite'

/** Tries the expectations of documents. */
export async function test({ operands, acl, version, junit }: Arguments, output: Output): Promise<ExitCode> {
  if (operands.length === 0) throw new CommandFailure('“test” needs a file with cases.')
  const suites: Suite[] = []
  for (const file of operands) {
    const suite = tried(file, acl, version)
    suites.push(suite)
    await output.write(plainReport(suite))
  }
  if (junit !== null) writeReport(junit, junitReport(suites))
  return suites.some(({ cases }) => cases.some(({ why }) => why !== null)) ? EXIT.bad : EXIT.good
}

function tried(file: string, acl: string | null, version: Arguments['version']): Suite {
  const expectations = expectationsIn(file)
  const aclFile = acl ?? (expectations.acl === undefined ? null : resolve(file === '-' ? '.' : dirname(file), expectations.acl))
  if (aclFile === null) throw new CommandFailure(`${file} names no ACL file; write “acl: FILE” there, or give --acl.`)
  const startedAtMs = performance.now()
  const { policy, file: policyFile } = readSoundPolicyFile(aclFile, version ?? expectations.version)
  const cases = expectations.cases.map((expectation) => {
    const result = runExpectation(policy, expectation)
    return { expectation, why: faultText(expectation, result, (line) => policyFile.lines[line - 1]?.text ?? '') }
  })
  return { file, aclFile, cases, tookMs: performance.now() - startedAtMs }
}

function expectationsIn(file: string): Expectations {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readBytes(file))
  } catch (error) {
    throw error instanceof CommandFailure ? error : new CommandFailure(`${file} is not UTF-8.`)
  }
  const read = readExpectations(text)
  if (read.ok) return read.expectations
  throw new CommandFailure(`${file} cannot be read as expectations:\n${read.faults.map((fault) => `  ${documentFaultText(fault)}`).join('\n')}`)
}

function documentFaultText({ line, reason }: ExpectationsFault): string {
  const where = line === null ? '' : `line ${line}: `
  switch (reason.kind) {
    case 'too-long':
      return `it is longer than ${reason.most / 1024 / 1024} MiB; JSON may be longer than YAML`
    case 'too-deep':
      return 'values lie deeper within each other than those of expectations'
    case 'malformed':
      return `${where}${shown(reason.detail)}`
    case 'wrong-value':
      return `${where}${reason.path === '' ? '' : `${shown(reason.path)}: `}${shown(reason.detail)}`
  }
}

function plainReport({ file, aclFile, cases }: Suite): string {
  const failed = cases.flatMap(({ expectation, why }, index) => (why === null ? [] : [`✖ ${index + 1}: ${caseText(expectation)}\n    ${why}\n`]))
  return `${failed.join('')}${file} on ${aclFile}: ${cases.length - failed.length} passed, ${failed.length} failed\n`
}

function writeReport(file: string, report: string): void {
  try {
    writeFileSync(file, report)
  } catch (error) {
    throw new CommandFailure(`${file} could not be written: ${systemWords(error)}.`)
  }
}
