import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Packs the files of one flat folder into an asar archive: a small header that lists them, then their bytes.
 * Written here because the runtime is needed before any package is sure to be installed.
 *
 * The header is Chromium's "pickle": [4][size of what follows][payload size][text length][JSON text, padded to 4 bytes].
 * @param {string} folder
 * @returns {Buffer}
 */
export function packAsar(folder) {
  const names = readdirSync(folder).sort()
  const contents = names.map((name) => readFileSync(path.join(folder, name)))
  const files = {}
  let offset = 0
  names.forEach((name, at) => {
    files[name] = { size: contents[at].length, offset: String(offset) }
    offset += contents[at].length
  })
  const json = Buffer.from(JSON.stringify({ files }))
  const paddedLength = Math.ceil(json.length / 4) * 4
  const header = Buffer.alloc(16 + paddedLength)
  header.writeUInt32LE(4, 0)
  header.writeUInt32LE(8 + paddedLength, 4)
  header.writeUInt32LE(4 + paddedLength, 8)
  header.writeUInt32LE(json.length, 12)
  json.copy(header, 16)
  return Buffer.concat([header, ...contents])
}
