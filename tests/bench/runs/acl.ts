import { readPolicy } from '@shared/acl/policy-document'
import type { Question } from '@shared/acl/question'
import { atMost, type Figure } from '../report/figure'
import type { Effort } from './receiving'

const LINES = 10_000
const DECISIONS = 100_000
const GROUP = 'ACL tester'

interface AclCase {
  readonly label: string
  readonly file: string
  readonly question: (number: number) => Question
}

const lines = (count: number, line: (number: number) => string): string => Array.from({ length: count }, (_, number) => line(number)).join('\n')
const ask = (topic: string, username: string | null, clientId: string, number: number): Question => ({
  username,
  clientId,
  access: number % 2 === 0 ? 'read' : 'write',
  topic,
})

/** One that many people would write, and some that nobody should. */
const CASES: readonly AclCase[] = [
  {
    label: '1,000 users',
    file: lines(LINES / 10, (user) => `user user-${user}\n${lines(9, (line) => `topic ${['read', 'write', 'deny'][line % 3] ?? ''} site/${user}/+/line-${line}/#`)}`),
    question: (number) => ask(`site/${number % 1_000}/hall/line-${number % 9}/temperature`, `user-${number % 1_000}`, 'c', number),
  },
  {
    label: '10,000 patterns that differ in one level',
    file: lines(LINES, (line) => `pattern ${line % 2 === 0 ? 'read' : 'deny'} devices/p-%c-${line}/#`),
    question: (number) => ask(`devices/p-client-${number % 500}-${number % LINES}/state`, 'user', `client-${number % 500}`, number),
  },
  {
    label: '10,000 denies of many wildcards',
    file: lines(LINES, (line) => `topic deny ${'+/'.repeat(line % 9)}x-${line}/#`),
    question: (number) => ask('a/b/c/d/e/f/g/h/i/j', null, 'c', number),
  },
  {
    label: 'names with slashes',
    file: lines(LINES, (line) => `pattern readwrite %u/%c/%u-${line}/+`),
    question: (number) => ask(`a/b/${number}/c/d/a/b/${number}-${number % LINES}/x`, `a/b/${number}`, 'c/d', number),
  },
]

/** How fast questions about an ACL file are answered, and how fast it is read. */
export function benchAcl(effort: Effort, say: (line: string) => void): Figure[] {
  const told = { group: GROUP, unit: 'ms' } as const
  const figures: Figure[] = CASES.map(({ label, file, question }) => {
    say(`ACL: ${label}`)
    const { policy } = readPolicy(file, '2.0')
    const values = timed(effort.rounds, () => {
      for (let number = 0; number < DECISIONS; number += 1) policy.decide(question(number))
    })
    return { ...told, label: `100,000 decisions over 10,000 lines: ${label}`, values, ...atMost(1_000) }
  })
  const large = lines(LINES, (user) => `user user-${user}\n${lines(9, (line) => `topic read site/${user}/a-longer-name-of-a-level/line-${line}/#`)}`)
  return [...figures, { ...told, label: 'reading 100,000 lines', values: timed(effort.rounds, () => { readPolicy(large, '2.0') }), ...atMost(1_000) }]
}

function timed(rounds: number, run: () => void): number[] {
  return Array.from({ length: rounds }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
}
