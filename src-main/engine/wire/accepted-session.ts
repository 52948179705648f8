import { ByteReader } from './byte-reader'
import { readProperties } from './read-properties'

/** What a CONNACK that accepts says of the session. */
export interface AcceptedSession {
  readonly sessionPresent: boolean
  /** The name the server made up for a client without one. */
  readonly assignedClientId: string | null
}

const ASSIGNED_CLIENT_IDENTIFIER = 0x12

/** Reads a CONNACK that was checked, from its variable header on; null when it refuses. */
export function acceptedSessionOf(bytes: Uint8Array, bodyStart: number, end: number): AcceptedSession | null {
  const reader = new ByteReader(bytes, bodyStart, end)
  const sessionPresent = (reader.byte('Connect Acknowledge Flags') & 1) !== 0
  if (reader.byte('the reason code') !== 0) return null
  let assignedClientId: string | null = null
  // There are none before MQTT 5.0.
  if (reader.left > 0) {
    for (const { id, value } of readProperties(reader)) {
      if (id === ASSIGNED_CLIENT_IDENTIFIER && typeof value === 'string') assignedClientId = value
    }
  }
  return { sessionPresent, assignedClientId }
}
