import { parseArgs } from 'node:util'
import { benchNameSchema, type BenchName } from './report/figure'
import type { Effort } from './runs/receiving'

export interface Options {
  readonly benches: readonly BenchName[]
  readonly effort: Effort
  /** Where to write all results of this run as well, or null. */
  readonly json: string | null
  /** Measures nothing; writes README's section from the results there are. */
  readonly readme: boolean
}

export const USAGE = `Usage: npm run bench [-- ingest topics acl app] [--quick] [--rounds N] [--messages N] [--json FILE]
       node scripts/bench.mjs --readme    writes README's section Performance from the last results`

/** What was asked for cannot be done; its message is for the user, as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const DEFAULT_ROUNDS = 5
const SECONDS = 1.5
const QUICK_SECONDS = 0.4

/** @throws {UsageError}, and what `parseArgs` throws */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      messages: { type: 'string' },
      json: { type: 'string' },
      readme: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.filter((name) => !benchNameSchema.safeParse(name).success)
  if (unknown.length > 0) throw new UsageError(`There is no benchmark called ${unknown.join(', ')}; choose from ${benchNameSchema.options.join(', ')}.`)
  const { quick, readme, json = null } = values
  return {
    benches: benchNameSchema.options.filter((name) => positionals.length === 0 || positionals.includes(name)),
    effort: {
      rounds: countOf('--rounds', values.rounds, 1) ?? (quick ? 1 : DEFAULT_ROUNDS),
      seconds: quick ? QUICK_SECONDS : SECONDS,
      messages: countOf('--messages', values.messages, 10_000),
      quick,
    },
    json,
    readme,
  }
}

/** A whole multiple of `step`, or null when nothing was said. @throws {UsageError} */
export function countOf(name: string, text: string | undefined, step: number): number | null {
  if (text === undefined) return null
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < step || count % step !== 0) {
    throw new UsageError(`${name} ${text}: not a ${step === 1 ? 'whole number from 1' : `multiple of ${step}`}.`)
  }
  return count
}
