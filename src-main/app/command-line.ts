import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { NoticeCode } from '@shared/ipc/app-info'
import { topicFilterFault } from '@shared/mqtt/topic'
import { DEFAULT_SUBSCRIPTIONS, defaultProfileDraft, generateClientId } from '@shared/profile/profile-defaults'
import {
  DEFAULT_PORTS,
  passwordChangeSchema,
  profileDraftSchema,
  type ProfileDraft,
  type Protocol,
} from '@shared/profile/profile'
import type { Subscription } from '@shared/profile/subscription'

/** What the app was started to do. */
export interface CommandLine {
  readonly demo: boolean
  /** Save a picture of the window here once the tree is alive, then exit. */
  readonly screenshot: string | null
  readonly connections: readonly CommandLineConnection[]
  /** What could not be understood; without secrets. */
  readonly problems: readonly CommandLineProblem[]
}

export interface CommandLineProblem {
  readonly code: Extract<NoticeCode, `address-${string}` | `filter-${string}`>
  readonly details: Record<string, string>
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
/** Most characters of an argument that a problem repeats. */
const MAX_QUOTED = 100
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  'mqtt:': 'mqtt',
  'mqtts:': 'mqtts',
  'ws:': 'ws',
  'wss:': 'wss',
}

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
  const problems: CommandLineProblem[] = []
  const filters = [values.filter ?? []].flat().filter((filter) => typeof filter === 'string')
  for (const filter of filters) {
    if (topicFilterFault(filter) === null) continue
    // An address that slipped in here may hold a password.
    problems.push({ code: 'filter-invalid', details: { filter: filter.includes('://') ? '…' : quoted(filter) } })
  }
  const valid = filters.filter((filter) => topicFilterFault(filter) === null)
  // Filters that are all wrong must not turn into a subscription to everything.
  const subscriptions = filters.length === 0 ? DEFAULT_SUBSCRIPTIONS : valid.map((filter) => ({ filter, qos: 0 as const }))
  const connections: CommandLineConnection[] = []
  for (const text of positionals) {
    const result = parseUrl(text, subscriptions)
    if ('code' in result) problems.push(result)
    else connections.push(result)
  }
  if (filters.length > 0 && positionals.length === 0) problems.push({ code: 'filter-without-address', details: {} })
  const screenshot = typeof values.screenshot === 'string' ? values.screenshot : null
  return { demo: values.demo === true, screenshot, connections, problems }
}

/** The connection a URL stands for, or what is wrong with it; the URL itself is not repeated, it may hold a password. */
function parseUrl(text: string, subscriptions: readonly Subscription[]): CommandLineConnection | CommandLineProblem {
  let url: URL
  let writtenPort: string
  try {
    url = new URL(text)
    // URL leaves out port 80 of a ws address, as the default of HTTP; it is not ours.
    writtenPort = new URL(text.replace(/^\s*ws:/i, 'mqtt:')).port
  } catch {
    return { code: 'address-unreadable', details: {} }
  }
  const protocol = PROTOCOLS[url.protocol]
  if (protocol === undefined) return { code: 'address-scheme', details: { scheme: quoted(url.protocol) } }
  const decoded = decodeCredentials(url)
  if (decoded === null) return { code: 'address-credentials', details: { host: quoted(url.host) } }
  const port = writtenPort === '' ? DEFAULT_PORTS[protocol] : Number(writtenPort)
  const path = url.pathname + url.search
  const draft = profileDraftSchema.safeParse({
    ...defaultProfileDraft(generateClientId()),
    name: `${url.hostname}:${port}`,
    protocol,
    host: url.hostname,
    port,
    path: path.startsWith('/') && path !== '/' ? path : '/mqtt',
    username: decoded.username,
    subscriptions,
  })
  const invalid = (field: string): CommandLineProblem => {
    return { code: 'address-invalid', details: { host: quoted(url.host), field } }
  }
  if (!draft.success) return invalid(draft.error.issues[0]?.path.join('.') ?? '')
  const { password } = decoded
  if (password === '') return { draft: draft.data, password: null }
  if (!passwordChangeSchema.safeParse({ kind: 'set', password, storage: 'session' }).success) return invalid('password')
  return { draft: draft.data, password }
}

function quoted(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text
}

function decodeCredentials(url: URL): { username: string; password: string } | null {
  try {
    return { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  } catch {
    return null
  }
}
