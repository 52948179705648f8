import type { ConnectionStatus } from '@shared/connection/connection'
import type { Tone } from '../../ui/tone'

/** How a phase looks as a dot. */
export interface PhaseLook {
  readonly tone: Tone
  readonly pulse: boolean
  readonly hollow: boolean
}

const LOOKS: Readonly<Record<ConnectionStatus['phase'], PhaseLook>> = {
  offline: { tone: 'neutral', pulse: false, hollow: true },
  connecting: { tone: 'info', pulse: true, hollow: false },
  online: { tone: 'ok', pulse: false, hollow: false },
  reconnecting: { tone: 'warn', pulse: true, hollow: false },
  failed: { tone: 'danger', pulse: false, hollow: false },
}

/** The dot of a connection. */
export function phaseLook(status: ConnectionStatus): PhaseLook {
  return LOOKS[status.phase]
}

/** Whether a connection is, or tries to be, connected: what its button offers is to disconnect. */
export function isEngaged(status: ConnectionStatus): boolean {
  return status.phase === 'online' || status.phase === 'connecting' || status.phase === 'reconnecting'
}

/** Whole seconds until the next attempt, never below 0. */
export function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((atMs - nowMs) / 1000))
}
