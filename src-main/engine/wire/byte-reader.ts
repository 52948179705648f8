import { isUtf8 } from 'node:buffer'
import { malformed } from './violation'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads the data representations of MQTT, section 1.5, from one packet. Reading past its end is a malformed packet. */
export class ByteReader {
  constructor(
    private bytes: Uint8Array,
    public at: number,
    private end = bytes.length,
  ) {}

  get left(): number {
    return this.end - this.at
  }

  /** Begins with another packet. */
  reset(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes
    this.at = at
    this.end = end
  }

  byte(what: string): number {
    if (this.left < 1) throw malformed(`${what} is missing`, 'MQTT-4.13.1-1')
    const value = this.bytes[this.at] ?? 0
    this.at += 1
    return value
  }

  twoBytes(what: string): number {
    return this.byte(what) * 0x100 + this.byte(what)
  }

  fourBytes(what: string): number {
    return this.twoBytes(what) * 0x1_0000 + this.twoBytes(what)
  }

  /** A Variable Byte Integer [MQTT-1.5.5]. */
  variableByteInteger(what: string): number {
    let value = 0
    for (let index = 0; index < 4; index += 1) {
      const byte = this.byte(what)
      value += (byte & 0x7f) * 128 ** index
      if ((byte & 0x80) !== 0) continue
      if (byte === 0 && index > 0) throw malformed(`${what} is not in its shortest form`, 'MQTT-1.5.5-1')
      return value
    }
    throw malformed(`${what} takes more than four bytes`, 'MQTT-1.5.5')
  }

  /** Binary Data [MQTT-1.5.6]: its bytes, not copied. */
  binary(what: string): Uint8Array {
    return this.bytesOf(this.twoBytes(`the length of ${what}`), what)
  }

  /** A UTF-8 Encoded String that must be one. */
  string(what: string): string {
    const bytes = this.binary(what)
    let text: string
    try {
      text = decoder.decode(bytes)
    } catch {
      throw malformed(`${what} is not UTF-8`, 'MQTT-1.5.4-1')
    }
    if (text.includes('\0')) throw malformed(`${what} holds a null character`, 'MQTT-1.5.4-2')
    return text
  }

  /** Binary Data, of which only the length is looked at. */
  skipBinary(what: string): void {
    if (this.left < 2) throw malformed(`the length of ${what} is missing`, 'MQTT-4.13.1-1')
    const length = this.twoBytes(what)
    if (length > this.left) throw malformed(`${what} is longer than its packet`, 'MQTT-4.13.1-1')
    this.at += length
  }

  /** A UTF-8 Encoded String that must be one, but is not wanted: letters of ASCII need no decoder. */
  skipString(what: string): void {
    const from = this.at + 2
    this.skipBinary(what)
    let all = 0
    let hasNull = false
    for (let at = from; at < this.at; at += 1) {
      const byte = this.bytes[at] ?? 0
      all |= byte
      if (byte === 0) hasNull = true
    }
    if ((all & 0x80) !== 0 && !isUtf8(this.bytes.subarray(from, this.at))) throw malformed(`${what} is not UTF-8`, 'MQTT-1.5.4-1')
    if (hasNull) throw malformed(`${what} holds a null character`, 'MQTT-1.5.4-2')
  }

  /** The next `length` bytes, not copied. */
  bytesOf(length: number, what: string): Uint8Array {
    if (length < 0 || length > this.left) throw malformed(`${what} is longer than its packet`, 'MQTT-4.13.1-1')
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  /** A reader of the next `length` bytes alone, which this one skips. */
  section(length: number, what: string): ByteReader {
    if (length > this.left) throw malformed(`${what} are longer than their packet`, 'MQTT-4.13.1-1')
    this.at += length
    return new ByteReader(this.bytes, this.at - length, this.at)
  }

  /** Goes on within the next `length` bytes alone; what the end was before is to be given to `widen`. */
  narrow(length: number, what: string): number {
    if (length > this.left) throw malformed(`${what} are longer than their packet`, 'MQTT-4.13.1-1')
    const { end } = this
    this.end = this.at + length
    return end
  }

  widen(end: number): void {
    this.end = end
  }
}
