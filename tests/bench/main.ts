import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseOptions, USAGE, type Options } from './options'
import type { BenchName, BenchResult, Figure } from './report/figure'
import { thisMachine } from './report/machine'
import { renderResult } from './report/table'
import { benchApp } from './runs/app'
import { benchIngest } from './runs/ingest'
import type { Effort } from './runs/receiving'
import { benchTopics } from './runs/topics'

/** Longer than any healthy benchmark takes, so that one that hangs ends. */
const LIMIT_MS = 40 * 60_000
const FOLDER = resolve('out/bench')

type Say = (line: string) => void
type Outcome = { readonly figures: Figure[]; readonly electron: string | null }

const BENCHES: Record<BenchName, (effort: Effort, say: Say) => Promise<Outcome>> = {
  ingest: async (effort, say) => ({ figures: await benchIngest(effort, say), electron: null }),
  topics: async (effort, say) => ({ figures: await benchTopics(effort, say), electron: null }),
  app: benchApp,
}

function write(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
  console.log(`\n${file}`)
}

async function measure(bench: BenchName, effort: Effort): Promise<BenchResult> {
  const startedAt = new Date().toISOString()
  const { figures, electron } = await BENCHES[bench](effort, (line) => console.error(line))
  return { bench, startedAt, quick: effort.quick, rounds: effort.rounds, machine: thisMachine(electron), figures }
}

async function run({ benches, effort, json }: Options): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const results: BenchResult[] = []
  for (const bench of benches) {
    const result = await measure(bench, effort)
    results.push(result)
    console.log(renderResult(result))
    write(join(FOLDER, `${bench}.json`), result)
  }
  if (json !== null) write(resolve(json), results)
}

setTimeout(() => {
  console.error(`The benchmarks did not end within ${LIMIT_MS / 60_000} minutes.`)
  process.exit(1)
}, LIMIT_MS).unref()

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(USAGE)
    return
  }
  await run(parseOptions(args))
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
