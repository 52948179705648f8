import { MAX_ENTRIES, type Entry } from './candidate'
import { nestsDeeperThan } from './json-depth'
import { connectionsOfMqttExplorer, readMqttExplorerConnection } from './mqtt-explorer'
import { hasMosquittoCommand } from './mosquitto-arguments'
import { readMosquittoCommand } from './mosquitto-command'
import { connectionsOfMqttx, readMqttxConnection } from './mqttx'
import type { TransferSource } from './preview'
import { contentOfPubscope, readSharedProfile, type Sealed } from './pubscope-file'
import { splitShellCommands } from './shell-words'

/** Far more than any of the files nests. */
const MAX_DEPTH = 100

/** Why nothing can be read of a text. */
export type TransferFault =
  | 'not-json' // it is neither JSON nor a command
  | 'too-deep'
  | 'nothing-found' // JSON, but of nobody we know
  | 'too-many'
  | 'newer'
  | 'broken'
  | 'open-quote'
  | 'operator'

export type Transfer =
  | { readonly kind: 'entries'; readonly source: TransferSource; readonly entries: readonly Entry[] }
  /** Our own file, closed by a passphrase. */
  | { readonly kind: 'sealed'; readonly sealed: Sealed }
  | { readonly kind: 'fault'; readonly fault: TransferFault }

const fault = (code: TransferFault): Transfer => ({ kind: 'fault', fault: code })

/** Reads what is in a file or was pasted; what it is shows in its content. */
export function readTransfer(given: string): Transfer {
  const text = given.replace(/^\uFEFF/, '')
  const isJson = /^\s*[[{]/.test(text)
  if (!isJson) return hasMosquittoCommand(text) ? readCommands(text) : fault('not-json')
  if (nestsDeeperThan(text, MAX_DEPTH)) return fault('too-deep')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return fault('not-json')
  }
  return readDocument(document)
}

function readDocument(document: unknown): Transfer {
  const ours = contentOfPubscope(document)
  if (ours?.kind === 'sealed') return ours
  if (ours?.kind === 'newer' || ours?.kind === 'broken') return fault(ours.kind)
  if (ours !== null) return entriesOf('pubscope', ours.profiles, readSharedProfile)
  const ofExplorer = connectionsOfMqttExplorer(document)
  if (ofExplorer !== null) return entriesOf('mqtt-explorer', ofExplorer, readMqttExplorerConnection)
  const ofMqttx = connectionsOfMqttx(document)
  return ofMqttx === null ? fault('nothing-found') : entriesOf('mqttx', ofMqttx, readMqttxConnection)
}

function readCommands(text: string): Transfer {
  const split = splitShellCommands(text)
  if (!split.ok) return fault(split.fault)
  if (split.commands.length > MAX_ENTRIES) return fault('too-many')
  const entries = split.commands.flatMap((words) => readMosquittoCommand(words) ?? [])
  return entries.length === 0 ? fault('not-json') : { kind: 'entries', source: 'mosquitto', entries }
}

function entriesOf(source: TransferSource, items: readonly unknown[], read: (item: unknown) => Entry): Transfer {
  if (items.length === 0) return fault('nothing-found')
  if (items.length > MAX_ENTRIES) return fault('too-many')
  return { kind: 'entries', source, entries: items.map(read) }
}
