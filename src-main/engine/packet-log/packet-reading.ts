import { formatReasonCode, reasonCodeName } from '@shared/mqtt/reason-code'
import { previewOf } from '../payload/preview'
import type { ByteReader } from '../wire/byte-reader'
import { PACKET_NAMES } from '../wire/packet-type'
import { readProperties, type PropertyValue } from '../wire/read-properties'

/** Fields of one packet at the most: a hostile one may hold tens of thousands of properties. */
const MOST_FIELDS = 500
/** A SUBACK may hold as many reason codes as it likes. */
const MOST_IN_SUMMARY = 10
const SESSION_EXPIRY_NEVER = 0xffff_ffff

const count = new Intl.NumberFormat('en')

/** What has been read of a packet: for reading it in full, and what rows, filters and explanations go by. */
export class PacketReading {
  readonly name: string
  readonly fields: { name: string; value: string }[] = []
  /** The fields in short, topics left out. */
  readonly summary: string[] = []
  /** Topic names and topic filters. */
  readonly topics: string[] = []
  /** In the numbering of MQTT 5.0. */
  readonly reasonCodes: number[] = []
  /** Properties that are numbers, by identifier. */
  readonly numbers = new Map<number, number>()
  reasonString: string | null = null
  qos: number | null = null
  retain = false
  keepAliveSeconds: number | null = null
  /** Why it cannot be read to its end. */
  fault: string | null = null

  /** @param inFull whether the fields are wanted; what else is read costs far less */
  constructor(
    type: number,
    private readonly inFull: boolean,
  ) {
    this.name = PACKET_NAMES[type] ?? `type ${type}`
  }

  field(name: string, value: string | number | boolean): void {
    if (!this.inFull) return
    if (this.fields.length === MOST_FIELDS) this.fields.push({ name: '…', value: `only the first ${MOST_FIELDS} fields are shown` })
    if (this.fields.length > MOST_FIELDS) return
    this.fields.push({ name, value: typeof value === 'string' ? value : typeof value === 'number' ? count.format(value) : value ? 'yes' : 'no' })
  }

  topic(name: string, topic: string, more = ''): void {
    this.topics.push(topic)
    this.field(name, topic + more)
  }

  packetIdentifier(reader: ByteReader): void {
    const identifier = reader.twoBytes('the packet identifier')
    this.field('Packet Identifier', String(identifier))
    this.summary.push(`id ${identifier}`)
  }

  /** `shown` is what the packet says, where an older version numbers its codes otherwise. */
  reasonCode(code: number, name = reasonCodeName(code), shown = code): void {
    const text = `${formatReasonCode(shown)} ${name}`
    this.reasonCodes.push(code)
    this.field('Reason Code', text)
    if (this.summary.length < MOST_IN_SUMMARY) this.summary.push(text)
  }

  payload(name: string, kept: Uint8Array, cutBytes: number): void {
    if (!this.inFull) return
    const text = previewOf(kept).text
    const size = `${count.format(kept.length + cutBytes)} bytes`
    this.field(name, [size, cutBytes > 0 ? `${count.format(kept.length)} of them kept` : '', text].filter(Boolean).join(' · '))
  }

  /** A field that is there, but not to be seen. */
  secret(name: string, bytes: number): void {
    if (this.inFull) this.field(name, `${count.format(bytes)} bytes, masked`)
  }

  properties(reader: ByteReader, prefix = ''): void {
    for (const { id, name, value } of readProperties(reader)) this.#property(prefix + name, id, value)
  }

  #property(name: string, id: number, value: PropertyValue): void {
    if (typeof value === 'number') {
      this.numbers.set(id, value)
      this.field(name, id === 0x11 && value === SESSION_EXPIRY_NEVER ? 'never' : value)
    } else if (typeof value === 'string') {
      if (id === 0x1f) this.reasonString = value
      this.field(name, value)
    } else if (!(value instanceof Uint8Array)) {
      this.field(`${name} ${value[0]}`, value[1])
    } else if (id === 0x16) {
      this.secret(name, value.length)
    } else if (this.inFull) {
      this.field(name, Buffer.from(value).toString('hex'))
    }
  }
}
