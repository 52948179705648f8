import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { countOf, UsageError } from './options'
import { thisMachine } from './report/machine'
import { isMet } from './report/statistics'
import { renderResult } from './report/table'
import { soakApp } from './runs/soak'
import { renderSample, verdictOf } from './runs/soak-verdict'

const USAGE = 'Usage: npm run soak [-- --minutes N] [--rate MESSAGES_A_SECOND] [--json FILE]'
const DEFAULT_MINUTES = 10
const DEFAULT_PER_SECOND = 20_000

/** The exit code: 0 when all is as it should be. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string' }, rate: { type: 'string' }, json: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const minutes = countOf('--minutes', values.minutes, 1) ?? DEFAULT_MINUTES
  const perSecond = countOf('--rate', values.rate, 1) ?? DEFAULT_PER_SECOND
  const startedAt = new Date().toISOString()
  const run = await soakApp({ minutes, perSecond }, (sample) => console.log(renderSample(sample)))
  const figures = verdictOf(run)
  console.log(renderResult({ bench: 'soak', figures }))
  for (const error of run.errors) console.log(`✖ ${error}`)

  const file = resolve(values.json ?? 'out/bench/soak.json')
  const machine = thisMachine(run.electron)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ startedAt, minutes, perSecond, machine, figures, ...run }, null, 2)}\n`)
  console.log(`\n${file}`)
  return figures.some((figure) => isMet(figure) === false) ? 1 : 0
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? error.message : error)
    process.exit(1)
  },
)
