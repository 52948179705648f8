// Writes the README's list of formats as the registries of decoders and encoders have it: a test holds it to them, and can write it.
import { runCommand } from './lib/command.mjs'
import { binOf } from './lib/packages.mjs'
import { run } from './lib/run.mjs'

await runCommand(async () => {
  const { code } = await run(process.execPath, [binOf('vitest'), 'run', '--project', 'unit', 'tests/unit/architecture/format-list.test.ts', '--update'])
  return code
})
