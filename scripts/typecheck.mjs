// Checks the types of every part, each under its own tsconfig, two at a time.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { runCommand, say } from './lib/command.mjs'
import { binOf, ensurePackages } from './lib/packages.mjs'
import { repoRoot } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

const AT_ONCE = 2
// The slowest first, so that the others fill the time beside it.
const parts = ['src-renderer', 'tests', 'src-main', 'src-shared', 'src-cli', 'src-preload']

/** Checks one part and prints what the compiler said, in one piece. */
async function check(part) {
  const config = path.join(part, 'tsconfig.json')
  if (!existsSync(path.join(repoRoot, config))) {
    say(`✖ ${part}: ${config} is missing, so nothing was checked.`)
    return false
  }
  // tsc does not read .vue files, vue-tsc does.
  const compiler = ['src-renderer', 'tests'].includes(part) ? binOf('vue-tsc') : binOf('typescript', 'tsc')
  const startedAtMs = Date.now()
  const { code, output } = await run(process.execPath, [compiler, '--noEmit', '-p', config], { output: 'keep' })
  say(`${code === 0 ? '✔' : '✖'} ${part} (${((Date.now() - startedAtMs) / 1000).toFixed(1)} s)`)
  if (output.trim()) say(output.trimEnd())
  return code === 0
}

await runCommand(async () => {
  await ensurePackages()
  const waiting = [...parts]
  const failed = []
  const worker = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      if (!(await check(part))) failed.push(part)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  if (failed.length === 0) return 0
  say(`\n✖ Type errors in ${failed.join(', ')}.`)
  return 1
})
