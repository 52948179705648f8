import { generateExpectations } from '@shared/acl/expectations/generate-expectations'
import { MAX_EXPECTATIONS } from '@shared/acl/expectations/expectation'
import { expectationsToJson, expectationsToYaml } from '@shared/acl/expectations/write-expectations'
import type { Arguments } from '../arguments'
import { CommandFailure } from '../command-failure'
import { EXIT, type ExitCode } from '../exit-code'
import type { Output } from '../output'
import { readSoundPolicyFile, readTextFile } from '../read-input'

/** Writes down what a file decides at present, as cases for `test`. */
export async function generate({ operands, acl, version, format }: Arguments, output: Output): Promise<ExitCode> {
  const [topicsFile, second] = operands
  if (acl === null) throw new CommandFailure('“generate” needs --acl FILE.')
  if (topicsFile === undefined || second !== undefined) throw new CommandFailure('“generate” needs one file with topics, one a line.')
  const rules = version ?? '2.0'
  const { policy } = readSoundPolicyFile(acl, rules)
  const topics = readTextFile(topicsFile).split(/\r?\n/)
  const { cases, left } = generateExpectations(policy, [null, ...policy.users], topics)
  if (left > 0) throw new CommandFailure(`This would make ${cases.length + left} cases, and a document has at most ${MAX_EXPECTATIONS}; give fewer topics.`)
  const expectations = { acl, version: rules, cases: [...cases] }
  await output.write(format === 'json' ? expectationsToJson(expectations) : expectationsToYaml(expectations))
  return EXIT.good
}
