// Makes an Electron runtime present and prints its executable's path as the last line on stdout.
//   node scripts/electron-runtime.mjs [--retry]
import { runCommand } from './lib/command.mjs'
import { findRuntime } from './lib/runtime.mjs'

await runCommand(async () => {
  const { executable } = await findRuntime({ retry: process.argv.includes('--retry') || undefined })
  process.stdout.write(`${executable}\n`)
})
