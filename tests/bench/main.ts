import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseOptions, USAGE, UsageError, type Options } from './options'
import { benchNameSchema, benchResultSchema, type BenchName, type BenchResult, type Figure } from './report/figure'
import { thisMachine } from './report/machine'
import { performanceSection, withPerformance } from './report/readme'
import { renderResult } from './report/table'
import { benchAcl } from './runs/acl'
import { benchApp } from './runs/app'
import { benchIngest } from './runs/ingest'
import type { Effort } from './runs/receiving'
import { benchTopics } from './runs/topics'

/** Longer than any healthy benchmark takes, so that one that hangs ends. */
const LIMIT_MS = 40 * 60_000
const FOLDER = resolve('out/bench')

const fileOf = (bench: BenchName): string => join(FOLDER, `${bench}.json`)

type Say = (line: string) => void
type Outcome = { readonly figures: Figure[]; readonly electron: string | null }

const BENCHES: Record<BenchName, (effort: Effort, say: Say) => Promise<Outcome>> = {
  ingest: async (effort, say) => ({ figures: await benchIngest(effort, say), electron: null }),
  topics: async (effort, say) => ({ figures: await benchTopics(effort, say), electron: null }),
  acl: (effort, say) => Promise.resolve({ figures: benchAcl(effort, say), electron: null }),
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

/** Whether all of them came to an end; one that fails does not keep the others from being measured. */
async function run({ benches, effort, json }: Options): Promise<boolean> {
  mkdirSync(FOLDER, { recursive: true })
  const results: BenchResult[] = []
  for (const bench of benches) {
    try {
      const result = await measure(bench, effort)
      results.push(result)
      console.log(renderResult(result))
      write(fileOf(bench), result)
    } catch (error) {
      console.error(`✖ bench:${bench} failed.`, error)
    }
  }
  if (json !== null) write(resolve(json), results)
  return results.length === benches.length
}

/** The last result of a benchmark. @throws {UsageError} when there is none that README could tell of */
function lastResult(bench: BenchName): BenchResult {
  const file = fileOf(bench)
  const advice = `run \`npm run bench:${bench}\` first.`
  if (!existsSync(file)) throw new UsageError(`There is no ${file}: ${advice}`)
  const { success, data } = benchResultSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!success) throw new UsageError(`${file} was written by another version: ${advice}`)
  if (data.quick) throw new UsageError(`${file} is that of a quick run: ${advice}`)
  return data
}

function writeReadme(): void {
  const file = resolve('README.md')
  writeFileSync(file, withPerformance(readFileSync(file, 'utf8'), performanceSection(benchNameSchema.options.map(lastResult))))
  console.log(file)
}

/** The exit code. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  const options = parseOptions(args)
  if (!options.readme) return (await run(options)) ? 0 : 1
  writeReadme()
  return 0
}

setTimeout(() => {
  console.error(`The benchmarks did not end within ${LIMIT_MS / 60_000} minutes.`)
  process.exit(1)
}, LIMIT_MS).unref()

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? error.message : error)
    process.exit(1)
  },
)
