import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { repoRoot } from './paths.mjs'

/** A failure that a person can act on: what happened, why, and what to do next. */
export class Problem extends Error {
  /**
   * @param {string} what
   * @param {{ why?: string, next?: string, details?: string }} [more] `details` is raw output, printed above the message
   */
  constructor(what, { why, next, details } = {}) {
    super(what)
    Object.assign(this, { why, next, details })
  }
}

/** Ends a command because the user (or the system) asked it to stop. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`Stopped by ${signal}.`)
    this.exitCode = exitCodeOfSignal(signal)
  }
}

/**
 * The shell's convention: 128 + the signal's number.
 * @param {NodeJS.Signals} signal
 */
export function exitCodeOfSignal(signal) {
  return 128 + (constants.signals[signal] ?? 0)
}

/**
 * Progress goes to stderr: stdout belongs to results.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Prints a failure for people; anything that is not a Problem is a bug of ours and keeps its stack.
 * @param {unknown} error
 */
export function reportFailure(error) {
  if (error instanceof Interrupted) return
  if (!(error instanceof Problem)) {
    say(error instanceof Error ? `\n${error.stack}` : `\n${String(error)}`)
    return
  }
  if (error.details) say(error.details.trimEnd())
  say(`\n✖ ${error.message}`)
  if (error.why) say(`  Why:  ${error.why}`)
  if (error.next) say(`  Next: ${error.next}`)
}

/** Stops with a clear message when Node is older than package.json asks for. */
function requireNode() {
  const { engines } = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'))
  const wanted = /(\d+)\.(\d+)/.exec(engines.node)
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = [Number(wanted[1]), Number(wanted[2])]
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new Problem(`Node ${process.versions.node} is too old for Pubscope.`, {
    why: `Its build tools need Node ${wantedMajor}.${wantedMinor} or newer.`,
    next: 'Install a current LTS release of Node, then run the same command again.',
  })
}

/**
 * Runs a command's body and turns its outcome into the process's exit code.
 * @param {() => Promise<number | void>} body resolves to an exit code; nothing means 0
 */
export async function runCommand(body) {
  try {
    requireNode()
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    reportFailure(error)
    process.exitCode = error instanceof Interrupted ? error.exitCode : 1
  }
}
