import { parseArgs, type ParseArgsConfig } from 'node:util'
import { accessSchema, brokerVersionSchema, type Access, type BrokerVersion } from '@shared/acl/question'
import { CommandFailure } from './command-failure'

const FORMATS = ['plain', 'json'] as const

/** What was typed: options that are not known, or have a value they cannot have, were refused. */
export interface Arguments {
  readonly command: string | null
  readonly operands: readonly string[]
  readonly help: boolean
  readonly trace: boolean
  readonly version: BrokerVersion | null
  readonly format: (typeof FORMATS)[number]
  readonly acl: string | null
  readonly user: string | null
  readonly client: string
  readonly access: Access | null
  readonly junit: string | null
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  trace: { type: 'boolean' },
  version: { type: 'string' },
  format: { type: 'string' },
  acl: { type: 'string' },
  user: { type: 'string' },
  client: { type: 'string' },
  access: { type: 'string' },
  junit: { type: 'string' },
} as const satisfies ParseArgsConfig['options']
type OptionName = keyof typeof OPTIONS

/** Which options a command knows, besides `--help`. */
const OPTIONS_OF: ReadonlyMap<string, readonly OptionName[]> = new Map<string, readonly OptionName[]>([
  ['check', ['version', 'format']],
  ['decide', ['version', 'format', 'acl', 'user', 'client', 'access', 'trace']],
  ['test', ['version', 'acl', 'junit']],
  ['serve', []],
])

const optionNames = Object.keys(OPTIONS).filter((name): name is OptionName => Object.hasOwn(OPTIONS, name))

/** @throws {CommandFailure} in words */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(args)
  const [command = null, ...operands] = positionals
  if (values.help !== true && command !== null) refuseForeign(command, optionNames.filter((name) => values[name] !== undefined))
  return {
    command,
    operands,
    help: values.help ?? false,
    trace: values.trace ?? false,
    version: oneOf('version', brokerVersionSchema.options, values.version),
    format: oneOf('format', FORMATS, values.format) ?? 'plain',
    acl: values.acl ?? null,
    user: values.user ?? null,
    client: values.client ?? '',
    access: oneOf('access', accessSchema.options, values.access),
    junit: values.junit ?? null,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    // Node says which argument is wrong, and then more than the command needs.
    const [sentence = ''] = error instanceof Error ? error.message.split(/\. |\n/) : []
    throw new CommandFailure(`${sentence.replace(/\.$/, '')}.`)
  }
}

function refuseForeign(command: string, given: readonly OptionName[]): void {
  const known = OPTIONS_OF.get(command)
  if (known === undefined) throw new CommandFailure(`There is no command “${command}”; there are ${[...OPTIONS_OF.keys()].join(', ')}.`)
  const foreign = given.find((name) => !known.includes(name))
  if (foreign !== undefined) throw new CommandFailure(`“${command}” has no option --${foreign}.`)
}

function oneOf<Value extends string>(name: OptionName, options: readonly Value[], value: string | undefined): Value | null {
  if (value === undefined) return null
  const found = options.find((option) => option === value)
  if (found === undefined) throw new CommandFailure(`--${name} is one of ${options.join(', ')}, not “${value}”.`)
  return found
}
