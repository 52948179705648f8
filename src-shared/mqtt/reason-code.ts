/** Reason codes by the names of MQTT 5.0, section 2.4, table 2-6. */
const NAMES_5: Readonly<Record<number, string>> = {
  0x00: 'Success',
  0x01: 'Granted QoS 1',
  0x02: 'Granted QoS 2',
  0x04: 'Disconnect with Will Message',
  0x10: 'No matching subscribers',
  0x11: 'No subscription existed',
  0x18: 'Continue authentication',
  0x19: 'Re-authenticate',
  0x80: 'Unspecified error',
  0x81: 'Malformed Packet',
  0x82: 'Protocol Error',
  0x83: 'Implementation specific error',
  0x84: 'Unsupported Protocol Version',
  0x85: 'Client Identifier not valid',
  0x86: 'Bad User Name or Password',
  0x87: 'Not authorized',
  0x88: 'Server unavailable',
  0x89: 'Server busy',
  0x8a: 'Banned',
  0x8b: 'Server shutting down',
  0x8c: 'Bad authentication method',
  0x8d: 'Keep Alive timeout',
  0x8e: 'Session taken over',
  0x8f: 'Topic Filter invalid',
  0x90: 'Topic Name invalid',
  0x91: 'Packet Identifier in use',
  0x92: 'Packet Identifier not found',
  0x93: 'Receive Maximum exceeded',
  0x94: 'Topic Alias invalid',
  0x95: 'Packet too large',
  0x96: 'Message rate too high',
  0x97: 'Quota exceeded',
  0x98: 'Administrative action',
  0x99: 'Payload format invalid',
  0x9a: 'Retain not supported',
  0x9b: 'QoS not supported',
  0x9c: 'Use another server',
  0x9d: 'Server moved',
  0x9e: 'Shared Subscriptions not supported',
  0x9f: 'Connection rate exceeded',
  0xa0: 'Maximum connect time',
  0xa1: 'Subscription Identifiers not supported',
  0xa2: 'Wildcard Subscriptions not supported',
}

/** CONNACK return codes of MQTT 3.1.1, section 3.2.2.3, table 3.1, said with the code of MQTT 5.0 that means the same. */
const RETURN_CODES_311: Readonly<Record<number, number>> = {
  1: 0x84,
  2: 0x85,
  3: 0x88,
  4: 0x86,
  5: 0x87,
}

/** The name of an MQTT 5.0 reason code, e.g. `Not authorized`; a code the specification lacks is named by its number. */
export function reasonCodeName(code: number): string {
  return NAMES_5[code] ?? `Reason code ${formatReasonCode(code)}`
}

/** A reason code as the specification writes it, e.g. `0x87`. */
export function formatReasonCode(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(2, '0')}`
}

/** The MQTT 5.0 reason code that says what a 3.1.1 CONNACK return code says; unknown codes become 0x80. */
export function reasonCodeOfReturnCode(returnCode: number): number {
  return RETURN_CODES_311[returnCode] ?? (returnCode >= 0x80 ? returnCode : 0x80)
}

/** DISCONNECT: another client connected with our client identifier. */
export const SESSION_TAKEN_OVER = 0x8e

/** CONNACK and DISCONNECT: go elsewhere, for now (MQTT 5.0, section 4.11). */
export const USE_ANOTHER_SERVER = 0x9c

/** CONNACK and DISCONNECT reasons that trying again as before cannot heal. */
const PERMANENT = new Set([
  0x81, 0x82, 0x84, 0x85, 0x86, 0x87, 0x8a, 0x8c, 0x8e, 0x90, 0x95, 0x99, 0x9a, 0x9b, 0x9c, 0x9d,
])

/** Whether a connection refused or ended for this reason would be again: reconnecting must not loop. */
export function isPermanentReason(code: number): boolean {
  return PERMANENT.has(code)
}
