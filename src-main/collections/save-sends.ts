import Papa from 'papaparse'
import type { LoggedSend, SendFileFormat } from '@shared/collections/send-log'
import { reasonCodeName } from '@shared/mqtt/reason-code'
import { FORMULA } from '@shared/text/formula'
import { PRIVATE_MODE, writeWhole, type Write } from '../files/write-whole'

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
 * @throws {AppError} as {@link writeWhole}
 */
export function saveSends(path: string, format: SendFileFormat, read: (after: number) => Promise<LoggedSend[]>): Promise<number> {
  const begunAtMs = Date.now()
  const save = async (write: Write): Promise<number> => {
    let count = 0
    for (let piece = await read(0); piece.length > 0; piece = await read(piece.at(-1)?.number ?? 0)) {
      const later = piece.findIndex(({ atMs }) => atMs > begunAtMs)
      const sends = later === -1 ? piece : piece.slice(0, later)
      await write(sendsText(sends, format, count === 0))
      count += sends.length
      if (later !== -1) break
    }
    return count
  }
  return writeWhole(path, save, PRIVATE_MODE)
}
