// Runs everything that guards a change: npm test, or only some steps: npm test -- unit e2e
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBuild } from './lib/build.mjs'
import { Interrupted, Problem, reportFailure, runCommand, say } from './lib/command.mjs'
import { hasDisplay } from './lib/display.mjs'
import { searchPath } from './lib/find-command.mjs'
import { ensurePackages, npm } from './lib/packages.mjs'
import { run } from './lib/run.mjs'
import { findRuntime, runtimeEnv } from './lib/runtime.mjs'
import { ensureSystem } from './lib/system.mjs'
import { countStep } from './lib/test-counts.mjs'

/** Longer than any healthy run, so that one that hangs is reported as such. */
const STEP_LIMIT_MS = 20 * 60_000

/** In the order in which they run. `runner` says whose report holds the number of tests; without one a step counts as one. */
const steps = [
  { name: 'types', script: 'typecheck' },
  { name: 'lint', script: 'lint' },
  { name: 'unit', script: 'test:unit', runner: 'vitest' },
  { name: 'broker', script: 'test:broker', runner: 'vitest', needsBroker: true },
  { name: 'build' },
  { name: 'e2e', script: 'test:e2e', runner: 'playwright', needsBroker: true, needsElectron: true, after: 'build' },
]

function chooseSteps(names) {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    throw new Problem(`There is no step called ${unknown.join(', ')}.`, {
      next: `Choose from: ${steps.map((step) => step.name).join(', ')}.`,
    })
  }
  return names.length > 0 ? steps.filter((step) => names.includes(step.name)) : steps
}

/** Makes everything present that the chosen steps need, and returns the environment for them. */
async function setUp(chosen) {
  await ensurePackages()
  const broker = chosen.some((step) => step.needsBroker)
  const electron = chosen.some((step) => step.needsElectron)
  // Also for the unit tests: with a runtime named, an import of "electron" does not start a download.
  const runtime = await findRuntime()
  await ensureSystem({
    executable: electron ? runtime.executable : undefined,
    display: electron && !hasDisplay(),
    broker,
    keyring: electron,
  })
  return { ...runtimeEnv(runtime), PATH: searchPath() }
}

/** The arguments and variables that make a runner write its JSON report beside what it shows. */
function reporting(runner, file) {
  if (runner === 'vitest')
    return { args: ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`], env: {} }
  if (runner === 'playwright') return { args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }
  return { args: [], env: {} }
}

async function runStep(step, env, reportFile) {
  if (!step.script) {
    try {
      await ensureBuild({ force: true, output: 'show' })
      return true
    } catch (error) {
      if (error instanceof Interrupted) throw error
      reportFailure(error)
      return false
    }
  }
  const { args, env: extra } = reporting(step.runner, reportFile)
  const [command, npmArgs, options] = npm(['run', '--silent', step.script, ...(args.length > 0 ? ['--', ...args] : [])])
  const { code, timedOut } = await run(command, npmArgs, {
    ...options,
    env: { ...env, ...extra },
    timeoutMs: STEP_LIMIT_MS,
  })
  if (timedOut) say(`✖ ${step.name} did not finish within ${STEP_LIMIT_MS / 60_000} minutes and was stopped.`)
  return code === 0
}

/** Runs the steps one after the other; a failure does not keep the others from running, unless they build on it. */
async function runSteps(chosen, env) {
  const temp = mkdtempSync(path.join(os.tmpdir(), 'pubscope-test-'))
  const results = []
  try {
    for (const step of chosen) {
      console.log(`\n━━ ${step.name} ${'━'.repeat(Math.max(0, 60 - step.name.length))}`)
      if (results.some((result) => result.name === step.after && result.failed > 0)) {
        console.log(`Not run, because ${step.after} failed.`)
        results.push({ name: step.name, seconds: 0, passed: 0, failed: 0, skipped: 0 })
        continue
      }
      const startedAtMs = Date.now()
      const reportFile = path.join(temp, `${step.name}.json`)
      const succeeded = await runStep(step, env, reportFile)
      const seconds = (Date.now() - startedAtMs) / 1000
      results.push({ name: step.name, seconds, ...countStep(step.runner, succeeded, reportFile) })
      console.log(`━━ ${step.name} ${succeeded ? 'passed' : 'FAILED'} after ${seconds.toFixed(1)} s`)
    }
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
  return results
}

function printSummary(results) {
  const columns = ['step', 'passed', 'failed', 'skipped', 'seconds']
  const rows = results.map((result) => [
    result.name,
    result.passed,
    result.failed,
    result.skipped,
    result.seconds.toFixed(1),
  ])
  console.log('')
  for (const row of [columns, ...rows]) {
    console.log(row.map((cell, at) => (at === 0 ? String(cell).padEnd(10) : String(cell).padStart(9))).join(''))
  }
}

/** Names what failed once more at the end: whoever reads a long log reads its end. */
function printFailures(results) {
  for (const { name, failures = [] } of results) for (const failure of failures) console.log(`✖ ${name}: ${failure}`)
}

/** The last line, in a form that tools can read. */
function printTotal(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') > 0 ? 1 : 0
}

await runCommand(async () => {
  let results = [{ name: 'set-up', passed: 0, failed: 1 }]
  try {
    const chosen = chooseSteps(process.argv.slice(2))
    results = await runSteps(chosen, await setUp(chosen))
    printSummary(results)
    printFailures(results)
  } catch (error) {
    if (error instanceof Interrupted) throw error
    reportFailure(error)
  }
  return printTotal(results)
})
