import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { topicFilterFault } from '@shared/mqtt/topic'
import { DEFAULT_SUBSCRIPTIONS, defaultProfileDraft, generateClientId } from '@shared/profile/profile-defaults'
import { DEFAULT_PORTS, profileDraftSchema, type ProfileDraft, type Protocol } from '@shared/profile/profile'

/** What the app was started to do. */
export interface CommandLine {
  readonly demo: boolean
  /** Save a picture of the window here once the tree is alive, then exit. */
  readonly screenshot: string | null
  readonly connections: readonly CommandLineConnection[]
  /** What could not be understood, in words without secrets. */
  readonly problems: readonly string[]
}

export interface CommandLineConnection {
  readonly draft: ProfileDraft
  readonly password: string | null
}

/** The same, with file names made absolute by the folder the command was given in. */
export function withAbsolutePaths(commandLine: CommandLine, workingDirectory: string): CommandLine {
  const { screenshot } = commandLine
  return { ...commandLine, screenshot: screenshot === null ? null : resolve(workingDirectory, screenshot) }
}

const MAX_ARGUMENTS = 200
const PROTOCOLS: Readonly<Record<string, Protocol>> = { 'mqtt:': 'mqtt', 'ws:': 'ws' }

/**
 * Reads the arguments after the program's (and, unpackaged, the project's) name:
 * `[URL …] [--filter FILTER …] [--demo] [--screenshot FILE]`, among Chromium's own switches.
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: args.slice(0, MAX_ARGUMENTS),
    // Chromium's switches are among the arguments, so unknown ones are no error.
    strict: false,
    allowPositionals: true,
    options: {
      demo: { type: 'boolean' },
      screenshot: { type: 'string' },
      filter: { type: 'string', multiple: true },
    },
  })
  const problems: string[] = []
  const filters = [values.filter ?? []].flat().filter((filter) => typeof filter === 'string')
  for (const filter of filters) {
    const fault = topicFilterFault(filter)
    if (fault !== null) problems.push(`--filter ${filter}: not a topic filter (${fault})`)
  }
  const valid = filters.filter((filter) => topicFilterFault(filter) === null)
  const connections: CommandLineConnection[] = []
  for (const text of positionals) {
    const result = parseUrl(text, valid)
    if (typeof result === 'string') problems.push(result)
    else connections.push(result)
  }
  if (filters.length > 0 && positionals.length === 0) problems.push('--filter needs a broker address, mqtt://host:1883')
  const screenshot = typeof values.screenshot === 'string' ? values.screenshot : null
  return { demo: values.demo === true, screenshot, connections, problems }
}

/** The connection a URL stands for, or what is wrong with it. The words never repeat the URL: it may hold a password. */
function parseUrl(text: string, filters: readonly string[]): CommandLineConnection | string {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return 'An argument is not a broker address. Write it as mqtt://host:1883'
  }
  const protocol = PROTOCOLS[url.protocol]
  if (protocol === undefined) {
    return `${url.protocol}// addresses cannot be opened. Use mqtt://host:1883 or ws://host:9001/path`
  }
  const decoded = decodeCredentials(url)
  if (decoded === null) return 'User name or password in the address are not percent-encoded correctly'
  const subscriptions = filters.length > 0 ? filters.map((filter) => ({ filter, qos: 0 as const })) : DEFAULT_SUBSCRIPTIONS
  const port = url.port === '' ? DEFAULT_PORTS[protocol] : Number(url.port)
  const draft = profileDraftSchema.safeParse({
    ...defaultProfileDraft(generateClientId()),
    name: `${url.hostname}:${port}`,
    protocol,
    host: url.hostname,
    port,
    path: url.pathname.startsWith('/') && url.pathname !== '/' ? url.pathname + url.search : '/mqtt',
    username: decoded.username,
    subscriptions,
  })
  if (!draft.success) return `The address of ${url.hostname} cannot be used: ${draft.error.issues[0]?.path.join('.') ?? ''}`
  return { draft: draft.data, password: decoded.password === '' ? null : decoded.password }
}

function decodeCredentials(url: URL): { username: string; password: string } | null {
  try {
    return { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  } catch {
    return null
  }
}
