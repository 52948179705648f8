import { readArguments, type Arguments } from './arguments'
import { CommandFailure } from './command-failure'
import { check } from './commands/check'
import { decide } from './commands/decide'
import { test } from './commands/test'
import { EXIT, type ExitCode } from './exit-code'
import { Output } from './output'
import { RefusedFile } from './read-input'
import { serve } from './serve/serve'
import { systemWords } from './system-words'
import { USAGE } from './usage'

const complain = (words: string): void => void process.stderr.write(`pubscope-acl: ${words}\n`)

const output = new Output(process.stdout, (error) => {
  complain(`The answer could not be written: ${systemWords(error)}.`)
  process.exit(EXIT.failed)
})

async function run(typed: Arguments): Promise<ExitCode> {
  if (typed.help) {
    await output.write(USAGE)
    return EXIT.good
  }
  switch (typed.command) {
    case 'check':
      return check(typed, output)
    case 'decide':
      return decide(typed, output)
    case 'test':
      return test(typed, output)
    case 'serve':
      if (typed.operands.length > 0) throw new CommandFailure('“serve” takes no file: it reads standard input.')
      await serve(process.stdin, output)
      // Input that nobody will answer is not waited for.
      process.stdin.destroy()
      return EXIT.good
    default:
      throw new CommandFailure('Name a command: check, decide, test or serve. --help says more.')
  }
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run(readArguments(process.argv.slice(2)))
  } catch (error) {
    complain(error instanceof CommandFailure ? error.message : `This is a fault of ours. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = error instanceof RefusedFile ? error.exitCode : EXIT.failed
  }
}

void main()
