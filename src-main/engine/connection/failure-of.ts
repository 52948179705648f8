import type { Failure, FailureCode } from '@shared/connection/failure'
import { isPermanentReason } from '@shared/mqtt/reason-code'
import { ProxyError } from '../proxy/proxy-error'
import { detailOf } from './error-detail'
import { NotPinnedError } from './peer-verification'
import { ownFilesFailureOf, tlsFailureOf } from './tls-failure'
import { OwnCertificateError } from './transport'
import { ProtocolViolation } from '../wire/violation'

/** Node's error codes, as the user can be told of them. */
const SOCKET_ERRORS: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
}

/** A failure of the given code; whether it is permanent follows from the reason code, if there is one. */
export function failure(
  code: FailureCode,
  detail: string,
  reason: { reasonCode: number; brokerReason: string | null; serverReference?: string | null } | null = null,
): Failure {
  return {
    code,
    detail,
    reasonCode: reason?.reasonCode ?? null,
    brokerReason: reason?.brokerReason ?? null,
    serverReference: reason?.serverReference ?? null,
    certificates: [],
    atMs: Date.now(),
    permanent: isPermanent(code, reason?.reasonCode ?? null),
  }
}

/** Failures that trying again as before cannot heal: neither a certificate by being looked at again, nor a rule or a password. */
const NEVER_HEAL: readonly FailureCode[] = [
  ...(['proxy-authentication', 'proxy-forbidden', 'authentication-continues', 'client-id-needed'] as const),
]

function isPermanent(code: FailureCode, reasonCode: number | null): boolean {
  if (code.startsWith('tls-')) return code !== 'tls-other'
  return NEVER_HEAL.includes(code) || (reasonCode !== null && isPermanentReason(reasonCode))
}

/** The failure an error of socket, WebSocket or MQTT.js stands for; `wasOnline` tells a lost connection from none. */
export function failureOfError(error: Error, wasOnline: boolean): Failure {
  const detail = detailOf(error)
  if (error instanceof ProtocolViolation) return failure('protocol-error', detail)
  if (error instanceof ProxyError) return failure(error.failureCode, detail)
  if (error instanceof NotPinnedError) return failure('tls-not-pinned', detail)
  // Over WebSocket or through a proxy it comes as an event, not at once.
  if (error instanceof OwnCertificateError) return failure(ownFilesFailureOf(detail), detail)
  const socketError = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (socketError !== null && socketError in SOCKET_ERRORS) {
    return failure(SOCKET_ERRORS[socketError] ?? 'other', detail)
  }
  const tlsFailure = socketError === null ? null : tlsFailureOf(socketError)
  if (tlsFailure !== null) return failure(tlsFailure, detail)
  if (error.message === 'connack timeout') return failure('timeout', detail)
  if (error.message === 'Keepalive timeout') return failure('keepalive-timeout', detail)
  // The codes of the ws library for frames that RFC 6455 forbids, or that are larger than what we read.
  if (socketError?.startsWith('WS_ERR_') === true) return failure('protocol-error', detail)
  // Its words for an upgrade answered with another status than 101.
  if (error.message.startsWith('Unexpected server response')) return failure('websocket-refused', detail)
  if (socketError === 'ECONNRESET' || socketError === 'EPIPE' || socketError === 'ECONNABORTED') {
    return failure(wasOnline ? 'connection-lost' : 'closed-before-connack', detail)
  }
  return failure(socketError === null ? 'protocol-error' : 'other', detail)
}
