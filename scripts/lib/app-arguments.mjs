import path from 'node:path'

/** Options of the app that name a file or folder. */
const pathOptions = ['--screenshot', '--user-data-dir']

/**
 * Makes the paths absolute: the app runs in the repo, the user may have run npm in a folder below or beside it.
 * @param {string[]} words
 * @param {string} startedIn
 * @returns {string[]}
 */
export function resolvePaths(words, startedIn) {
  return words.map((word, at) => {
    const option = pathOptions.find((name) => word.startsWith(`${name}=`))
    if (option) return `${option}=${path.resolve(startedIn, word.slice(option.length + 1))}`
    const isValue = pathOptions.includes(words[at - 1]) && !word.startsWith('--')
    return isValue ? path.resolve(startedIn, word) : word
  })
}

/**
 * Electron's whole command line: the project, then the user's words as they are. Chromium finds its switches anywhere in it.
 * @param {string[]} userWords with absolute paths
 * @returns {{ args: string[], notes: string[] }} notes: what was added, for the user
 */
export function appArguments(userWords) {
  const switches = []
  const notes = []
  if (process.platform === 'linux' && process.getuid() === 0 && !userWords.includes('--no-sandbox')) {
    switches.push('--no-sandbox')
    notes.push("Running as root: Chromium's sandbox is off (--no-sandbox).")
  }
  // Older Electrons look for X only unless told otherwise.
  if (!process.env.DISPLAY && process.env.WAYLAND_DISPLAY) switches.push('--ozone-platform-hint=auto')
  return { args: [...switches, '.', ...(process.platform === 'win32' ? urlsLast(userWords) : userWords)], notes }
}

/** Electron on Windows refuses to start when anything follows a URL (a guard for protocol handlers), so URLs go last. */
function urlsLast(words) {
  const isUrl = (word, at) => /^[a-z][a-z0-9+.-]+:/i.test(word) && !words[at - 1]?.startsWith('--')
  return [...words.filter((word, at) => !isUrl(word, at)), ...words.filter(isUrl)]
}
