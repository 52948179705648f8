import type { Readable } from 'node:stream'
import type { Output } from '../output'
import { Answerer } from './answerer'
import { LineReader, type InputLine } from './line-reader'

/** A dense policy of this size, twice in a row, was seen to fit into a heap of 2 GB. */
const MAX_LINE_BYTES = 64 * 1024 * 1024

/** Answers are written together up to this length, in UTF-16 units. */
const MAX_BATCH_LENGTH = 64 * 1024

/** Answers JSON lines with JSON lines, in order, until the input ends or nobody reads the answers. */
export async function serve(input: Readable, output: Output): Promise<void> {
  const answerer = new Answerer()
  const reader = new LineReader(MAX_LINE_BYTES)

  async function answerAll(lines: Iterable<InputLine>): Promise<void> {
    let batch = ''
    for (const line of lines) {
      batch += `${JSON.stringify(answerer.answer(line))}\n`
      if (batch.length < MAX_BATCH_LENGTH) continue
      await output.write(batch)
      batch = ''
      if (output.closed) return
    }
    await output.write(batch)
  }

  for await (const chunk of input) {
    if (chunk instanceof Uint8Array) await answerAll(reader.take(chunk))
    if (output.closed) return
  }
  await answerAll(reader.end())
}
