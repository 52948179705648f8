import path from 'node:path'
import { Problem } from './command.mjs'
import { binOf } from './packages.mjs'
import { repoRoot } from './paths.mjs'
import { run } from './run.mjs'

const BUILD_LIMIT_MS = 2 * 60_000

/**
 * Bundles the benchmarks and the soak, which takes about a second.
 * @param {'main' | 'soak'} program
 * @returns {Promise<string>} the file of that program
 */
export async function buildBenchProgram(program) {
  const args = [binOf('vite'), 'build', '-c', 'tests/bench/vite.config.mts', '--logLevel', 'warn']
  const { code, output } = await run(process.execPath, args, { output: 'keep', timeoutMs: BUILD_LIMIT_MS })
  if (code === 0) return path.join(repoRoot, 'out', 'bench', 'programs', `${program}.js`)
  throw new Problem('The benchmarks could not be built.', { details: output, why: 'Vite found an error; its words are above.' })
}
