import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const repoRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * The per-user cache of Pubscope's developer commands, outside the repo so that every checkout shares it.
 * @returns {string}
 */
export function cacheRoot() {
  const home = os.homedir()
  if (process.platform === 'win32') {
    return path.join(process.env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'pubscope', 'Cache')
  }
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'pubscope')
  const xdg = process.env.XDG_CACHE_HOME
  // The XDG specification says that a relative path is to be ignored.
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache'), 'pubscope')
}
