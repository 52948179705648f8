import { formatReasonCode } from '@shared/mqtt/reason-code'
import { PACKET_NAMES, PacketType } from './packet-type'
import { protocolError } from './violation'

const RECEIVED = [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]
const RELEASED = [0x00, 0x92]
const SUBSCRIBED = [0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8f, 0x91, 0x97, 0x9e, 0xa1, 0xa2]
const UNSUBSCRIBED = [0x00, 0x11, 0x80, 0x83, 0x87, 0x8f, 0x91]
/** A server continues an authentication; only a client begins one, and it has none to complete that it did not begin. */
const CONTINUE = [0x18]
const DISCONNECTED = [0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8b, 0x8d, 0x8e, 0x8f, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99]
const DISCONNECTED_MORE = [0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2]

interface Codes {
  readonly codes: ReadonlySet<number>
  readonly clause: string
}

/** What a server of MQTT 5.0 may say in each packet. CONNACK is not among them: a refusal is one, whatever its number. */
const ALLOWED: ReadonlyMap<number, Codes> = new Map<number, Codes>([
  [PacketType.PUBACK, { codes: new Set(RECEIVED), clause: 'MQTT-3.4.2-1' }],
  [PacketType.PUBREC, { codes: new Set(RECEIVED), clause: 'MQTT-3.5.2-1' }],
  [PacketType.PUBREL, { codes: new Set(RELEASED), clause: 'MQTT-3.6.2-1' }],
  [PacketType.PUBCOMP, { codes: new Set(RELEASED), clause: 'MQTT-3.7.2-1' }],
  [PacketType.SUBACK, { codes: new Set(SUBSCRIBED), clause: 'MQTT-3.9.3-2' }],
  [PacketType.UNSUBACK, { codes: new Set(UNSUBSCRIBED), clause: 'MQTT-3.11.3-2' }],
  [PacketType.DISCONNECT, { codes: new Set([...DISCONNECTED, ...DISCONNECTED_MORE]), clause: 'MQTT-3.14.2-1' }],
  [PacketType.AUTH, { codes: new Set(CONTINUE), clause: 'MQTT-3.15.2-1' }],
])

/** Refuses a reason code that means nothing in this packet of MQTT 5.0. @throws {ProtocolViolation} */
export function checkReasonCode(packetType: number, code: number): void {
  const allowed = ALLOWED.get(packetType)
  if (allowed === undefined || allowed.codes.has(code)) return
  throw protocolError(`${PACKET_NAMES[packetType] ?? ''} with reason code ${formatReasonCode(code)}`, allowed.clause)
}
