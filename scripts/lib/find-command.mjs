import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/**
 * The PATH with the folders where Debian keeps servers (mosquitto), which ordinary users' PATH leaves out.
 * @returns {string}
 */
export function searchPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  if (process.platform === 'win32') return folders.join(path.delimiter)
  return [...folders, ...['/usr/sbin', '/usr/local/sbin'].filter((folder) => !folders.includes(folder))].join(
    path.delimiter,
  )
}

/**
 * @param {string} name
 * @returns {boolean} whether a command of that name is installed
 */
export function findCommand(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  return searchPath()
    .split(path.delimiter)
    .some((folder) =>
      endings.some((ending) => {
        try {
          accessSync(path.join(folder, name + ending), constants.X_OK)
          return true
        } catch {
          return false
        }
      }),
    )
}
