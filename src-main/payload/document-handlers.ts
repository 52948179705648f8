import { createHash } from 'node:crypto'
import type { ParsedArgs } from '@shared/ipc/contract'
import type { Handlers } from '../ipc/handlers'
import { chooseReading, type PayloadLore } from './chosen-reading'
import type { ChosenReading } from './payload-api'
import type { MessageSource, PayloadThread } from './payload-handlers'

type DocumentChannel = 'payloads.read-outline' | 'payloads.read-value' | 'payloads.read-text-rows' | 'payloads.find-text'
/** Which document: what all of these requests have. */
type DocumentArgs = Pick<ParsedArgs<DocumentChannel>, 'connectionId' | 'sequence' | 'topic' | 'reading' | 'expression'>

/** Whole payloads, looked at by windows; parameters as those of `payloadHandlers`. */
export function documentHandlers(
  sourceOf: (connectionId: string) => MessageSource,
  loreOf: (connectionId: string) => PayloadLore,
  thread: PayloadThread,
): Pick<Handlers, DocumentChannel> {
  /** Asks of a document that may have to be opened first. */
  async function ask<Answer>(args: DocumentArgs, question: (key: string) => Promise<Answer | null>): Promise<Answer> {
    const { connectionId, sequence, topic, reading, expression } = args
    const source = sourceOf(connectionId)
    const chosen = await chooseReading({ topic, sequence }, reading, loreOf(connectionId), source)
    const key = keyOf(args, chosen)
    for (;;) {
      const answer = await question(key)
      if (answer !== null) return answer
      const { message } = await source.call('readMessage', sequence, Number.MAX_SAFE_INTEGER)
      await thread.call('openDocument', key, message, chosen, expression)
    }
  }

  return {
    'payloads.read-outline': (args) => ask(args, (key) => thread.call('readOutline', key, args.expansion, args.firstRow, args.rowCount)),
    'payloads.read-value': async (args) => (await ask(args, (key) => thread.call('readValue', key, args.path))).text,
    'payloads.read-text-rows': (args) => ask(args, (key) => thread.call('readTextRows', key, args.rowLength, args.firstRow, args.rowCount)),
    'payloads.find-text': async (args) => (await ask(args, (key) => thread.call('findText', key, args.rowLength, args.sought, args.from, args.backwards))).found,
  }
}

/** The same message is another document when a rule or a schema has changed. */
function keyOf({ connectionId, sequence, expression }: DocumentArgs, { reading, aids }: ChosenReading): string {
  const hash = createHash('sha1').update(JSON.stringify([connectionId, sequence, expression, reading, aids?.schemas ?? []]))
  for (const birth of aids?.births ?? []) hash.update(birth)
  return hash.digest('hex')
}
