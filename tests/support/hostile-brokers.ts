/** Bytes a broker must not send, and what must become of them. */
export interface HostileCase {
  readonly name: string
  readonly version: '3.1.1' | '5.0'
  /** Sent instead of CONNACK when `beforeConnack`, else after the subscriptions are granted. */
  readonly bytes: Uint8Array
  readonly beforeConnack?: true
  /** `closes`: the connection ends in a protocol error whose words match; `refuses`: the message alone is left out. */
  readonly outcome: { kind: 'closes'; words: RegExp; reasonCode: number } | { kind: 'refuses' }
}

const MALFORMED = 0x81
const PROTOCOL_ERROR = 0x82
const TOO_LARGE = 0x95

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replace(/\s+/g, ''), 'hex'))
}

function closes(words: RegExp, reasonCode = MALFORMED): HostileCase['outcome'] {
  return { kind: 'closes', words, reasonCode }
}

/** A PUBLISH with QoS 0 (or the given first byte) on a topic given as bytes. */
function publishOn(topic: Uint8Array, version: '3.1.1' | '5.0', firstByte = 0x30): Uint8Array {
  const packetIdentifier = (firstByte & 0b110) === 0 ? [] : [0, 7]
  const properties = version === '5.0' ? [0] : []
  const body = [topic.length >> 8, topic.length & 0xff, ...topic, ...packetIdentifier, ...properties, 0x78]
  return Uint8Array.from([firstByte, body.length, ...body])
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Packets that are wrong in MQTT 3.1.1 and 5.0 alike. */
const BOTH: readonly Omit<HostileCase, 'version'>[] = [
  { name: 'QoS 1 without a packet identifier (ends a plain MQTT.js process)', bytes: hex('32 04 00 02 61 62'), outcome: closes(/packet identifier is missing/) },
  { name: 'packet identifier 0', bytes: hex('32 07 00 02 61 62 00 00 00'), outcome: closes(/packet identifier 0/) },
  { name: 'QoS 3', bytes: hex('36 07 00 02 61 62 00 01 00'), outcome: closes(/QoS 3/) },
  { name: 'DUP with QoS 0', bytes: hex('38 05 00 02 61 62 00'), outcome: closes(/DUP and QoS 0/, PROTOCOL_ERROR) },
  { name: 'a topic longer than its packet', bytes: hex('30 04 00 09 61 62'), outcome: closes(/longer than its packet/) },
  { name: 'Remaining Length of five bytes', bytes: hex('30 ff ff ff ff 01'), outcome: closes(/more than four bytes/) },
  { name: 'Remaining Length in more bytes than needed', bytes: hex('d0 80 00'), outcome: closes(/shortest form/) },
  { name: 'a declared 256 MB packet', bytes: hex('30 ff ff ff 7f 00 01 61'), outcome: closes(/accepted/, TOO_LARGE) },
  { name: 'a second CONNACK', bytes: hex('20 02 00 00'), outcome: closes(/second CONNACK/, PROTOCOL_ERROR) },
  { name: 'CONNECT from a server', bytes: hex('10 02 00 00'), outcome: closes(/CONNECT from a server/, PROTOCOL_ERROR) },
  { name: 'SUBSCRIBE from a server', bytes: hex('82 02 00 01'), outcome: closes(/SUBSCRIBE|flags/) },
  { name: 'packet type 0', bytes: hex('00 00'), outcome: closes(/reserved type 0/, PROTOCOL_ERROR) },
  { name: 'PUBREL with wrong flags', bytes: hex('60 02 00 01'), outcome: closes(/PUBREL with wrong flags/) },
  { name: 'PINGRESP with a body', bytes: hex('d0 01 00'), outcome: closes(/PINGRESP with a body/) },
  { name: 'PUBACK with half a packet identifier', bytes: hex('40 01 00'), outcome: closes(/missing/) },
  { name: 'PUBLISH before CONNACK', bytes: hex('30 04 00 01 61 00'), beforeConnack: true, outcome: closes(/before CONNACK/, PROTOCOL_ERROR) },
  { name: 'CONNACK with reserved flags', bytes: hex('20 02 fe 00'), beforeConnack: true, outcome: closes(/reserved flags/) },
  { name: 'a web server', bytes: encode(`HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n${'<p>Bad Request</p>'.repeat(20)}`), beforeConnack: true, outcome: closes(/PUBACK before CONNACK/, PROTOCOL_ERROR) },
  { name: 'a topic with #', bytes: hex('30 05 00 02 61 23 00'), outcome: { kind: 'refuses' } },
  { name: 'a topic with +, QoS 1', bytes: hex('32 07 00 02 61 2b 00 05 00'), outcome: { kind: 'refuses' } },
  { name: 'a topic with NUL', bytes: hex('30 05 00 02 61 00 00'), outcome: { kind: 'refuses' } },
  { name: 'a topic that is no UTF-8', bytes: hex('30 05 00 02 c3 28 00'), outcome: { kind: 'refuses' } },
  { name: 'a topic with a UTF-8 surrogate', bytes: hex('30 06 00 03 ed a0 80 00'), outcome: { kind: 'refuses' } },
  { name: 'an empty topic', bytes: hex('30 03 00 00 00'), outcome: { kind: 'refuses' } },
]

/** Packets that are wrong in MQTT 5.0. */
const ONLY_5: readonly Omit<HostileCase, 'version'>[] = [
  { name: 'a property no PUBLISH has', bytes: publishWith('11 00 00 00 01'), outcome: closes(/property 0x11/) },
  { name: 'an unknown property', bytes: publishWith('7e 00'), outcome: closes(/property 0x7e/) },
  { name: 'a property twice', bytes: publishWith('01 01 01 01'), outcome: closes(/twice/, PROTOCOL_ERROR) },
  { name: 'properties longer than the packet', bytes: hex('30 06 00 01 61 7f 01 01'), outcome: closes(/longer than their packet/) },
  { name: 'Payload Format Indicator 2', bytes: publishWith('01 02'), outcome: closes(/Payload Format Indicator/, PROTOCOL_ERROR) },
  { name: 'Subscription Identifier 0', bytes: publishWith('0b 00'), outcome: closes(/Subscription Identifier is 0/, PROTOCOL_ERROR) },
  { name: 'a Topic Alias we never allowed', bytes: publishWith('23 00 01'), outcome: closes(/Topic Alias 1/, PROTOCOL_ERROR) },
  { name: 'AUTH, where no method was named', bytes: hex('f0 02 18 00'), outcome: closes(/no authentication method/, PROTOCOL_ERROR) },
  { name: 'AUTH before CONNACK, where no method was named', bytes: hex('f0 02 18 00'), beforeConnack: true, outcome: closes(/no authentication method/, PROTOCOL_ERROR) },
  { name: 'PUBACK with a reason code there is not', bytes: hex('40 03 00 01 05'), outcome: closes(/PUBACK with reason code 0x05/, PROTOCOL_ERROR) },
  { name: 'PUBREC with a reason code of CONNACK', bytes: hex('50 03 00 01 86'), outcome: closes(/PUBREC with reason code 0x86/, PROTOCOL_ERROR) },
  { name: 'PUBCOMP with a reason code of PUBREC', bytes: hex('70 03 00 01 10'), outcome: closes(/PUBCOMP with reason code 0x10/, PROTOCOL_ERROR) },
  { name: 'PUBREL with a reason code there is not', bytes: hex('62 03 00 01 ff'), outcome: closes(/PUBREL with reason code 0xFF/, PROTOCOL_ERROR) },
  { name: 'SUBACK that grants QoS 3', bytes: hex('90 04 00 01 00 03'), outcome: closes(/SUBACK with reason code 0x03/, PROTOCOL_ERROR) },
  { name: 'DISCONNECT with a reason code there is not', bytes: hex('e0 01 42'), outcome: closes(/DISCONNECT with reason code 0x42/, PROTOCOL_ERROR) },
  { name: 'DISCONNECT that sets the Session Expiry Interval', bytes: hex('e0 07 00 05 11 00 00 00 05'), outcome: closes(/property 0x11/) },
  { name: 'CONNACK with Receive Maximum 0', bytes: connackWith('21 00 00'), beforeConnack: true, outcome: closes(/Receive Maximum is 0/, PROTOCOL_ERROR) },
  { name: 'CONNACK with Maximum Packet Size 0', bytes: connackWith('27 00 00 00 00'), beforeConnack: true, outcome: closes(/Maximum Packet Size is 0/, PROTOCOL_ERROR) },
  { name: 'CONNACK with Maximum QoS 2', bytes: connackWith('24 02'), beforeConnack: true, outcome: closes(/Maximum QoS is 2/, PROTOCOL_ERROR) },
  { name: 'CONNACK with Server Keep Alive twice', bytes: connackWith('13 00 01 13 00 02'), beforeConnack: true, outcome: closes(/twice/, PROTOCOL_ERROR) },
  { name: 'CONNACK that assigns a client identifier with NUL', bytes: connackWith('12 00 03 61 00 62'), beforeConnack: true, outcome: closes(/Assigned Client Identifier holds a null/) },
  { name: 'CONNACK that assigns a client identifier that is no UTF-8', bytes: connackWith('12 00 02 c3 28'), beforeConnack: true, outcome: closes(/Assigned Client Identifier is not UTF-8/) },
  { name: 'CONNACK with a property of CONNECT', bytes: connackWith('17 01'), beforeConnack: true, outcome: closes(/property 0x17/) },
  { name: 'a refusal with Session Present', bytes: hex('20 03 01 87 00'), beforeConnack: true, outcome: closes(/Session Present in a refusal/, PROTOCOL_ERROR) },
  { name: 'a Content Type that is no UTF-8', bytes: publishWith('03 00 02 c3 28'), outcome: closes(/Content Type is not UTF-8/) },
]

/** Packets that are wrong in MQTT 3.1.1. */
const ONLY_311: readonly Omit<HostileCase, 'version'>[] = [
  { name: 'DISCONNECT from a server', bytes: hex('e0 00'), outcome: closes(/DISCONNECT from a server/) },
  { name: 'AUTH', bytes: hex('f0 00'), outcome: closes(/AUTH from a server/) },
  { name: 'SUBACK that grants QoS 3', bytes: hex('90 03 00 01 03'), outcome: closes(/SUBACK with return code 3/) },
  { name: 'UNSUBACK with reason codes', bytes: hex('b0 03 00 01 00'), outcome: closes(/too long/) },
  { name: 'PUBACK with a reason code', bytes: hex('40 03 00 01 00'), outcome: closes(/too long/) },
]

/** A CONNACK of MQTT 5.0 that accepts, with these properties. */
function connackWith(propertiesHex: string): Uint8Array {
  const properties = hex(propertiesHex)
  return Uint8Array.from([0x20, 3 + properties.length, 0, 0, properties.length, ...properties])
}

/** A PUBLISH of MQTT 5.0 on `a` with these properties. */
function publishWith(propertiesHex: string): Uint8Array {
  const properties = hex(propertiesHex)
  const body = [0, 1, 0x61, properties.length, ...properties, 0x78]
  return Uint8Array.from([0x30, body.length, ...body])
}

function forVersion(cases: readonly Omit<HostileCase, 'version'>[], version: HostileCase['version']): HostileCase[] {
  return cases.map((hostile) => ({ ...hostile, version }))
}

export const HOSTILE_CASES: readonly HostileCase[] = [
  ...forVersion([...BOTH, ...ONLY_5], '5.0'),
  ...forVersion([...BOTH, ...ONLY_311], '3.1.1'),
]

/** Ugly, but legal: must be shown, must not harm. */
export const UGLY_TOPICS: readonly string[] = [
  '__proto__/constructor/toString',
  '<img src=x onerror=alert(1)>/<script>alert(1)</script>',
  '\u202egnp.exe/\u200b\u2066',
  ' ',
  'control/\u0001\u001b[31m/\u007f',
  'x'.repeat(65_535),
  '/'.repeat(10_000),
  '/'.repeat(65_535),
  '💥/\ufeff/\uffff',
]

/** The bytes of a legal PUBLISH, QoS 0. */
export function legalPublish(topic: string, version: HostileCase['version']): Uint8Array {
  const bytes = encode(topic)
  if (bytes.length < 100) return publishOn(bytes, version)
  const properties = version === '5.0' ? [0] : []
  let length = 2 + bytes.length + properties.length + 1
  const header = [0x30]
  do {
    header.push((length % 128) | (length >= 128 ? 0x80 : 0))
    length = Math.floor(length / 128)
  } while (length > 0)
  return Uint8Array.from([...header, bytes.length >> 8, bytes.length & 0xff, ...bytes, ...properties, 0x78])
}
