const BYTES_PER_LINE = 16

/** Bytes for reading: place, hexadecimal digits, and ASCII where it is printable, 16 bytes a line. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    const line = [...bytes.subarray(at, at + BYTES_PER_LINE)]
    const digits = line.map((byte) => byte.toString(16).padStart(2, '0'))
    const hex = `${digits.slice(0, 8).join(' ')}  ${digits.slice(8).join(' ')}`.padEnd(BYTES_PER_LINE * 3 + 2)
    const ascii = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${at.toString(16).padStart(5, '0')}  ${hex} ${ascii}`)
  }
  return lines.join('\n')
}
