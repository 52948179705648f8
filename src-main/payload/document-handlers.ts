import type { ParsedArgs } from '@shared/ipc/contract'
import type { Reading } from '@shared/payload/reading'
import type { Handlers } from '../ipc/handlers'
import type { ChosenReading, MessagePayload } from './payload-api'
import type { PayloadThread } from './payload-handlers'

type DocumentChannel = 'payloads.read-outline' | 'payloads.read-value' | 'payloads.read-text-rows' | 'payloads.find-text'

/** Whole payloads, looked at by windows. `read` gets all bytes of a message and how to read them. */
export function documentHandlers(
  read: (connectionId: string, sequence: number, reading: Reading | null) => Promise<{ message: MessagePayload; chosen: ChosenReading }>,
  thread: PayloadThread,
): Pick<Handlers, DocumentChannel> {
  /** Asks of a document that may have to be opened first. */
  async function ask<Answer>(
    { connectionId, sequence, reading, expression }: Pick<ParsedArgs<DocumentChannel>, 'connectionId' | 'sequence' | 'reading' | 'expression'>,
    question: (key: string) => Promise<Answer | null>,
  ): Promise<Answer> {
    const key = JSON.stringify([connectionId, sequence, reading, expression])
    const answer = await question(key)
    if (answer !== null) return answer
    const { message, chosen } = await read(connectionId, sequence, reading)
    await thread.call('openDocument', key, message, chosen, expression)
    const opened = await question(key)
    // Another window may have opened so many documents meanwhile.
    return opened ?? ask({ connectionId, sequence, reading, expression }, question)
  }

  return {
    'payloads.read-outline': (args) => ask(args, (key) => thread.call('readOutline', key, args.expansion, args.firstRow, args.rowCount)),
    'payloads.read-value': async (args) => (await ask(args, (key) => thread.call('readValue', key, args.path))).text,
    'payloads.read-text-rows': (args) => ask(args, (key) => thread.call('readTextRows', key, args.firstRow, args.rowCount)),
    'payloads.find-text': async (args) => (await ask(args, (key) => thread.call('findText', key, args.sought, args.from, args.backwards))).found,
  }
}
