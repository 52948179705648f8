import { spawn } from 'node:child_process'
import { exitCodeOfSignal, Interrupted, Problem } from './command.mjs'
import { repoRoot } from './paths.mjs'

/** @typedef {{ code: number, timedOut: boolean, output: string }} Outcome */

const onWindows = process.platform === 'win32'
/** Children that are running now, and how signals reach them. */
const live = new Map()
let interruptedBy = null
let signalCount = 0
let lastSignalAtMs = 0

/** Sends a signal to a child, and unless it was started with group: false to everything that it started. */
function signalChild(child, signal) {
  const { group } = live.get(child) ?? { group: true }
  try {
    if (group && !onWindows) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // It has ended in the meantime.
  }
}

// Children run in a process group of their own, so a Ctrl+C in the terminal reaches this process only, and children get
// it from here, once. npm passes on a signal that the terminal has sent as well, hence the second's pause: Electron takes
// the first signal as "quit" and the second as "die now".
function onSignal(signal) {
  const nowMs = Date.now()
  if (nowMs - lastSignalAtMs < 1000) return
  lastSignalAtMs = nowMs
  signalCount += 1
  interruptedBy ??= signal
  const targets = [...live.keys()].filter((child) => !live.get(child).shielded)
  if (targets.length === 0) process.exit(exitCodeOfSignal(signal))
  for (const child of targets) signalChild(child, signalCount > 2 ? 'SIGKILL' : signal)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
process.on('exit', () => {
  for (const child of live.keys()) signalChild(child, 'SIGKILL')
})

/**
 * Starts a child that signals and this process's end will reach.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { group?: boolean, shielded?: boolean }} options
 *   group: signals go to everything that the child started, not to it alone; shielded: signals to us do not reach it
 */
export function start(command, args, { group = true, shielded = false, ...options } = {}) {
  const child = spawn(command, args, { cwd: repoRoot, detached: !onWindows, ...options })
  live.set(child, { group, shielded })
  child.once('close', () => live.delete(child))
  child.once('error', () => live.delete(child))
  return child
}

/**
 * Stops a child and what it started: politely, then after a grace period for good.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [graceMs]
 */
export async function stop(child, graceMs = 5000) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  signalChild(child, 'SIGTERM')
  const timer = setTimeout(() => signalChild(child, 'SIGKILL'), graceMs)
  await ended
  clearTimeout(timer)
}

/**
 * Runs a command to its end. The child never reads our stdin unless `stdio` says so.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options] spawn's options, and:
 *   output: 'show' (the child's stdout and stderr are ours) | 'keep' (collected in the outcome)
 *   timeoutMs: stop it after this time; progress: { withinMs, seen() }: stop it when nothing is seen by then;
 *   group: see start; ignoreInterrupt: resolve even when a signal ended it
 * @returns {Promise<Outcome>}
 */
export async function run(
  command,
  args,
  { output = 'show', timeoutMs, progress, ignoreInterrupt = false, ...options } = {},
) {
  const outputStream = output === 'keep' ? 'pipe' : 'inherit'
  const stdio = ['ignore', outputStream, outputStream]
  const child = start(command, args, { stdio, ...options })
  let text = ''
  let timedOut = false
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
  }
  const giveUp = () => {
    timedOut = true
    void stop(child)
  }
  const timers = [
    timeoutMs && setTimeout(giveUp, timeoutMs),
    progress && setTimeout(() => progress.seen() || giveUp(), progress.withinMs),
  ]
  const code = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Problem(`${command} could not be started.`, { why: error.message })))
    // 'close' means that all output has arrived; without pipes there is none to wait for.
    child.once(child.stdout ? 'close' : 'exit', (exitCode, signal) => {
      resolve(exitCode ?? exitCodeOfSignal(signal))
    })
  }).finally(() => timers.forEach(clearTimeout))
  if (interruptedBy && !ignoreInterrupt) throw new Interrupted(interruptedBy)
  return { code, timedOut, output: text }
}
