import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Problem, say } from './command.mjs'
import { start, stop } from './run.mjs'

const START_LIMIT_MS = 15_000

/** @returns {boolean} whether windows have somewhere to open */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** An X authority file with one entry for any host and any display, so that nobody else on this machine can look in. */
function authorityFile(folder) {
  const text = (value) => {
    const bytes = Buffer.from(value)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
  }
  const anyHost = Buffer.from([0xff, 0xff])
  const file = path.join(folder, 'Xauthority')
  const entry = [anyHost, text(''), text(''), text('MIT-MAGIC-COOKIE-1'), text(randomBytes(16))]
  writeFileSync(file, Buffer.concat(entry), { mode: 0o600 })
  return file
}

/** Waits for the display number that Xvfb writes to its fourth stream once it takes connections. */
async function displayNumber(server) {
  let words = ''
  let number = ''
  let timer
  server.stderr.setEncoding('utf8').on('data', (chunk) => {
    words += chunk
  })
  try {
    return await new Promise((resolve, reject) => {
      const fail = (why) => reject(new Problem('The virtual display did not start.', { details: words, why }))
      timer = setTimeout(() => fail('Xvfb gave no display number in time.'), START_LIMIT_MS)
      server.once('error', (error) => fail(error.message))
      server.once('exit', (code) => fail(`Xvfb ended with code ${code}.`))
      server.stdio[3].setEncoding('utf8').on('data', (chunk) => {
        number += chunk
        if (number.endsWith('\n')) resolve(number.trim())
      })
    })
  } catch (error) {
    await stop(server)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Starts a virtual display. Not through xvfb-run: that leaves signals with its shell instead of the program, and finds a
 * free display by trial, which two runs at once can both win.
 * @param {string} size such as 1920x1080
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, stop: () => Promise<void> }>}
 */
export async function startDisplay(size) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pubscope-display-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const XAUTHORITY = authorityFile(folder)
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset', '-auth', XAUTHORITY]
  // Shielded: at a Ctrl+C the program on the display is to end first, then we end the display.
  const server = start('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], shielded: true })
  const number = await displayNumber(server)
  say(`No display found: using a virtual one (Xvfb :${number}, ${size}).`)
  return { env: { DISPLAY: `:${number}`, XAUTHORITY }, stop: () => stop(server) }
}
