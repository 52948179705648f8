import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import Papa from 'papaparse'
import type { LoggedSend, SendFileFormat } from '@shared/collections/send-log'
import { AppError } from '@shared/ipc/app-error'
import { reasonCodeName } from '@shared/mqtt/reason-code'
import { FORMULA } from '@shared/text/formula'

/** A send as it stands in a file. */
function fileRow({ number, atMs, topic, payloadBytes, qos, retain, origin, state }: LoggedSend): Record<string, string | number | boolean | null> {
  const code = state.kind === 'acknowledged' || state.kind === 'refused' ? state.reasonCode : null
  return {
    number,
    time: new Date(atMs).toISOString(),
    topic,
    payloadBytes,
    qos,
    retain,
    origin,
    state: state.kind,
    reasonCode: code,
    reason: code === null ? null : reasonCodeName(code),
    elapsedMs: state.kind === 'acknowledged' ? Math.round(state.elapsedMs * 1_000) / 1_000 : null,
  }
}

/** What a piece of the log is in a file; `isFirst`: it begins the file. */
export function sendsText(sends: readonly LoggedSend[], format: SendFileFormat, isFirst: boolean): string {
  const rows = sends.map(fileRow)
  if (format === 'json-lines') return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  if (rows.length === 0) return ''
  // A topic that begins with = would be a formula to a spreadsheet.
  return `${Papa.unparse(rows, { escapeFormulae: FORMULA, header: isFirst })}\r\n`
}

/**
 * Writes the log piece by piece; `read` gives those after a number. Says how many there were. A run that goes on sends faster
 * than this ends: what is sent meanwhile is left out.
 * @throws {AppError} `file-not-written`
 */
export async function saveSends(path: string, format: SendFileFormat, read: (after: number) => Promise<LoggedSend[]>): Promise<number> {
  try {
    const file = await open(path, 'w', 0o600)
    try {
      const begunAtMs = Date.now()
      let count = 0
      for (let piece = await read(0); piece.length > 0; piece = await read(piece.at(-1)?.number ?? 0)) {
        const later = piece.findIndex(({ atMs }) => atMs > begunAtMs)
        const sends = later === -1 ? piece : piece.slice(0, later)
        await file.writeFile(sendsText(sends, format, count === 0))
        count += sends.length
        if (later !== -1) break
      }
      return count
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('file-not-written', 'The send log could not be written', { name: basename(path), reason })
  }
}
