import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { repoRoot } from './paths.mjs'

/**
 * A hash of every source file's name, size and time: a few milliseconds, and no edit goes unnoticed.
 * @param {(name: string) => boolean} isSource which files and folders of the repo's root count
 */
export function sourceStamp(isSource) {
  const hash = createHash('sha256')
  const add = (place) => {
    const stats = statSync(path.join(repoRoot, place), { throwIfNoEntry: false })
    if (stats?.isDirectory()) {
      for (const name of readdirSync(path.join(repoRoot, place)).sort()) add(path.join(place, name))
    } else if (stats) {
      hash.update(`${place}\0${stats.size}\0${stats.mtimeMs}\n`)
    }
  }
  for (const name of readdirSync(repoRoot).filter(isSource).sort()) add(name)
  return hash.digest('hex')
}

const CLI_SOURCES = ['src-cli', 'src-shared', 'cli.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']

/** The command line's own program, and what it was made of. */
export const cliProgram = path.join(repoRoot, 'out', 'cli', 'pubscope-acl.js')
export const cliStampFile = path.join(repoRoot, 'out', 'cli', '.build-stamp')
export const cliStamp = () => sourceStamp((name) => CLI_SOURCES.includes(name))

/** Whether the command line's program is there and made of the sources as they are. */
export function isCliBuilt() {
  return existsSync(cliProgram) && existsSync(cliStampFile) && readFileSync(cliStampFile, 'utf8') === cliStamp()
}
