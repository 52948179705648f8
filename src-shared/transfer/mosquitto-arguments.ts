import { optionOf, type Meaning } from './mosquitto-options'
import { quoted, type Remark } from './remark'
import type { ShellWord } from './shell-words'

/** A property of MQTT 5.0 as `-D` gives it. */
export interface PropertyArgument {
  /** The packet: connect, will, subscribe, … in lower case. */
  readonly packet: string
  readonly name: string
  /** Two for a user property. */
  readonly values: readonly string[]
}

/** The options of a command that say something of a profile, by what they mean. */
export interface MosquittoArguments {
  readonly program: 'sub' | 'pub'
  /** The last value of an option, as it is the one that counts. */
  readonly values: ReadonlyMap<Meaning, string>
  readonly flags: ReadonlySet<Meaning>
  readonly topics: readonly string[]
  readonly properties: readonly PropertyArgument[]
  readonly remarks: Remark[]
  /** Options whose value only a shell would have known. */
  readonly variables: ReadonlySet<Meaning>
}

/** Reads the words of one command; null when it is none of `mosquitto_sub` or `mosquitto_pub`, or breaks off. */
export function readMosquittoArguments(words: readonly ShellWord[]): MosquittoArguments | null {
  const start = words.findIndex(({ text }) => PROGRAM.test(text))
  const program = PROGRAM.exec(words[start]?.text ?? '')?.[1]
  if (program !== 'sub' && program !== 'pub') return null
  const values = new Map<Meaning, string>()
  const flags = new Set<Meaning>()
  const variables = new Set<Meaning>()
  const topics: string[] = []
  const properties: PropertyArgument[] = []
  const remarks: Remark[] = []
  let stray = 0

  const rest = words.slice(start + 1)
  while (rest.length > 0) {
    const option = rest.shift()?.text ?? ''
    const spec = optionOf(program, option)
    if (spec === null) {
      // Its value, if it has one, is not repeated either: it may be a secret.
      if (option.startsWith('-')) remarks.push({ code: 'option-ignored', option: quoted(option.split('=')[0] ?? ''), reason: 'unknown' })
      else stray += 1
      continue
    }
    if ('meaning' in spec && spec.meaning === 'property') {
      const property = takeProperty(rest)
      if (property === null) return null
      properties.push(property)
      continue
    }
    const value = spec.arguments === 1 ? rest.shift() : undefined
    if (spec.arguments === 1 && value === undefined) return null
    if ('ignored' in spec) {
      remarks.push({ code: 'option-ignored', option, reason: spec.ignored })
    } else if (value === undefined) {
      flags.add(spec.meaning)
    } else if (spec.meaning === 'topic') {
      // `$SYS` in double quotes is no variable to whoever wrote it.
      if (value.expands && !/^\$(?:SYS|share)\//.test(value.text)) remarks.push({ code: 'variable', option })
      else topics.push(value.text)
    } else if (value.expands) {
      variables.add(spec.meaning)
      remarks.push({ code: 'variable', option })
    } else {
      values.set(spec.meaning, value.text)
    }
  }
  if (stray > 0) remarks.push({ code: 'words-ignored', count: stray })
  return { program, values, flags, topics, properties, remarks, variables }
}

/** With a folder before it, or `.exe` after it, and behind `sudo`, `docker exec` and the like. */
const PROGRAM = /(?:^|[/\\])mosquitto_(sub|pub)(?:\.exe)?$/

/** Whether a text has a command of the clients in it. */
export function hasMosquittoCommand(text: string): boolean {
  return /\bmosquitto_(?:sub|pub)\b/.test(text)
}

/** `connect user-property name value`, or `connect receive-maximum 20`. */
function takeProperty(rest: ShellWord[]): PropertyArgument | null {
  const [packet, name] = [rest.shift()?.text.toLowerCase(), rest.shift()?.text.toLowerCase()]
  if (packet === undefined || name === undefined) return null
  const values = rest.splice(0, name === 'user-property' ? 2 : 1).map(({ text }) => text)
  return values.length === (name === 'user-property' ? 2 : 1) ? { packet, name, values } : null
}
