// What Electron itself ships as `default_app`: it turns `electron . --flag` into a running project.
// The fallback runtime (see ../lib/runtime-fallback.mjs) comes without one, so this takes its place.
// It runs inside Electron, which looks for it in resources/default_app.asar. Keep it CommonJS.
'use strict'

const { app } = require('electron')
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')

/**
 * Reads the command line the way Electron's own default app does: the first word that is not a switch is the project.
 * Nothing is taken out of process.argv, so the project sees the same command line as under an official Electron.
 */
function readCommandLine(words) {
  const preload = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (word === '--version' || word === '-v') return { preload, showVersion: true }
    // Playwright's _electron.launch() without executablePath hooks itself in with `-r loader.js`.
    if (word === '-r' || word === '--require') preload.push(words[(at += 1)])
    else if (word.startsWith('--app=')) return { preload, project: word.slice('--app='.length) }
    else if (!word.startsWith('-')) return { preload, project: word }
  }
  return { preload }
}

/** Gives the app the project's identity: this decides the window's class and where userData lies. */
function takeIdentity(project) {
  const file = path.join(project, 'package.json')
  if (!fs.existsSync(file)) {
    app.setAppPath(path.dirname(require.resolve(project)))
    return
  }
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'))
  const name = manifest.productName || manifest.name
  if (manifest.version) app.setVersion(manifest.version)
  if (name) app.setName(name)
  app.setDesktopName?.(manifest.desktopName || `${app.getName()}.desktop`)
  app.setAppPath(project)
}

function fail(title, detail) {
  process.stderr.write(`${title}
${detail}
`)
  app.exit(1)
}

function main() {
  const { preload, project, showVersion } = readCommandLine(process.argv.slice(1))
  if (showVersion) {
    process.stdout.write(`v${process.versions.electron}\n`)
    app.exit(0)
    return
  }
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  for (const file of preload) require(path.resolve(file))
  if (!project) {
    fail('No project was named.', 'Give the project folder: electron .')
    return
  }
  const folder = path.resolve(project)
  try {
    takeIdentity(folder)
    Module._load(folder, module, true)
  } catch (error) {
    fail(`The project in ${folder} could not be started.`, error.stack || String(error))
  }
}

main()
