import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { say } from './command.mjs'
import { cacheRoot } from './paths.mjs'

const HEARTBEAT_MS = 5_000
const STALE_MS = 60_000

/** A lock is dead when its owner has gone or has not touched it for a minute (a machine that was switched off). */
function isStale(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE_MS) return true
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid > 0) process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/** Moves a dead lock aside before deleting it: should another waiter have just taken its place, it is put back. */
function clear(file) {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
    if (isStale(aside)) rmSync(aside, { force: true })
    else renameSync(aside, file)
  } catch {
    // Another waiter was faster.
  }
}

/**
 * Runs a task while no other Pubscope command runs one with the same name.
 * @template T
 * @param {string} name a file name
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(name, task) {
  const folder = path.join(cacheRoot(), 'locks')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, name)
  let announced = false
  while (!tryTake(file)) {
    if (isStale(file)) {
      clear(file)
      continue
    }
    if (!announced) say(`Waiting for another Pubscope command to finish the same step (${name})…`)
    announced = true
    await delay(250)
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date())
    } catch {
      // Cleared by someone who thought us dead; the tasks stay correct without the lock, only doubled.
    }
  }, HEARTBEAT_MS)
  heartbeat.unref()
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await task()
  } finally {
    clearInterval(heartbeat)
    process.removeListener('exit', release)
    release()
  }
}
