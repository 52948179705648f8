import { decidingLine, type Explanation, type Question } from '@shared/acl/question'
import { topicFilterFault, topicNameFault } from '@shared/mqtt/topic'
import type { Arguments } from '../arguments'
import { CommandFailure } from '../command-failure'
import { EXIT, type ExitCode } from '../exit-code'
import type { Output } from '../output'
import { decisionText, shown, verdictText } from '../plain-words'
import { readSoundPolicyFile } from '../read-input'

/** Answers one question. */
export async function decide(typed: Arguments, output: Output): Promise<ExitCode> {
  if (typed.acl === null) throw new CommandFailure('“decide” needs --acl FILE.')
  const question = questionIn(typed)
  const { policy, file } = readSoundPolicyFile(typed.acl, typed.version ?? '2.0')
  const explanation = policy.explain(question)
  const lineText = (line: number): string => file.lines[line - 1]?.text ?? ''
  await output.write(typed.format === 'json' ? jsonAnswer(explanation, lineText, typed.trace) : plainAnswer(explanation, lineText, typed.trace))
  return explanation.decision.allowed ? EXIT.good : EXIT.denied
}

function questionIn({ operands, access, user, client }: Arguments): Question {
  if (access === null) throw new CommandFailure('“decide” needs --access, one of read, write, subscribe, unsubscribe.')
  const [topic, second] = operands
  if (topic === undefined) throw new CommandFailure('“decide” needs a topic.')
  if (second !== undefined) throw new CommandFailure(`“decide” takes one topic, and “${second}” is a second one; quote a topic with spaces.`)
  const isDelivery = access === 'read' || access === 'write'
  const fault = isDelivery ? topicNameFault(topic) : topicFilterFault(topic)
  if (fault === 'wildcard') throw new CommandFailure(`“${topic}” has a wildcard, and a message has one topic; ask about a topic that it matches.`)
  if (fault !== null) throw new CommandFailure(`“${shown(topic)}” is no valid topic ${isDelivery ? 'name' : 'filter'} (${fault}).`)
  return { username: user, clientId: client, access, topic }
}

type LineText = (line: number) => string

function plainAnswer({ decision, steps }: Explanation, lineText: LineText, trace: boolean): string {
  const line = decidingLine(decision)
  const answer = [decisionText(decision), ...(line === null ? [] : [`  ${line}  ${shown(lineText(line).trim())}`])]
  const considered = steps.map((step) => `  ${step.line}  ${shown(lineText(step.line).trim())}  (${verdictText(step.verdict)})`)
  return `${[...answer, ...(trace ? ['considered, in the order of the broker:', ...considered] : [])].join('\n')}\n`
}

function jsonAnswer({ decision, steps }: Explanation, lineText: LineText, trace: boolean): string {
  const line = decidingLine(decision)
  const answer = { allowed: decision.allowed, line, text: line === null ? null : lineText(line), cause: decision.cause }
  return `${JSON.stringify(trace ? { ...answer, trace: steps.map((step) => ({ ...step, text: lineText(step.line) })) } : answer)}\n`
}
