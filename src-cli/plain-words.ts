import { wordsOfCause } from '@shared/acl/cause-words'
import type { Expectation } from '@shared/acl/expectations/expectation'
import type { ExpectationResult } from '@shared/acl/expectations/run-expectations'
import type { Finding } from '@shared/acl/lint/finding'
import { decidingLine, type Decision, type LineVerdict } from '@shared/acl/question'
import { aclWords } from '@shared/acl/words'

/** What a terminal could take for a command rather than for text. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu

/** Text from a file, on one line and harmless to a terminal. */
export function shown(text: string): string {
  return text.replaceAll(CONTROL, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** Fills the holes of words; backticks, which the page shows as code, become quotes. */
function filled(words: string, data: Readonly<Record<string, string | number>>): string {
  return words.replaceAll(/`([^`]*)`/g, '“$1”').replaceAll(/\{(\w+)\}/g, (hole, name: string) => (Object.hasOwn(data, name) ? shown(String(data[name])) : hole))
}

export function findingText({ rule, data }: Finding): { title: string; text: string } {
  const { title, text } = aclWords.finding[rule]
  return { title: filled(title, data), text: filled(text, data) }
}

/** “allowed by line 3”, or why without one. */
export function decisionText({ allowed, cause }: Decision): string {
  const { key, data } = wordsOfCause(cause)
  const words = filled(aclWords.cause[key], data)
  return `${allowed ? 'allowed' : 'denied'}${cause.kind === 'line' ? ' ' : ': '}${words}`
}

export const verdictText = (verdict: LineVerdict): string => aclWords.verdict[verdict]

/** A case in a line: who does what, and what is expected. */
export function caseText({ user, client, access, topic, expect, note }: Expectation): string {
  const who = `${user === null || user === '' ? 'anonymous' : shown(user)}${client === '' ? '' : ` (client ${shown(client)})`}`
  return `${who} ${access} ${shown(topic)}: ${expect}${note === undefined ? '' : ` (${shown(note)})`}`
}

/** Why a case failed, or null. */
export function faultText(expectation: Expectation, result: ExpectationResult, lineText: (line: number) => string): string | null {
  if (result.kind === 'passed') return null
  if (result.kind === 'no-topic') return `“${shown(expectation.topic)}” is no valid topic (${result.fault}), so nothing was asked`
  const line = decidingLine(result.decision)
  const answer = `${decisionText(result.decision)}${line === null ? '' : `, “${shown(lineText(line).trim())}”`}`
  return result.kind === 'other-line' ? `${answer}; expected line ${expectation.line ?? ''}` : answer
}
