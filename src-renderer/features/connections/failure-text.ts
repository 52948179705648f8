import type { Failure } from '@shared/connection/failure'
import { formatReasonCode, reasonCodeName } from '@shared/mqtt/reason-code'
import { useI18n } from 'vue-i18n'
import { isolate } from '../../i18n/isolate'
import { namesOf } from './certificate-names'

/** A failure in words: what happened, why, and what to try. */
export interface FailureText {
  readonly title: string
  readonly why: string
  readonly advice: string
}

/** Host and port of `mqtt://host:port/path`, for reading only. */
export function splitAddress(address: string): { host: string; port: string } {
  const match = /^[a-z]+:\/\/(.*?)(?::(\d+))?(?:\/.*)?$/.exec(address)
  return { host: match?.[1] ?? address, port: match?.[2] ?? '' }
}

/** The key of the catalogue under which a failure has its words; `has` says whether a key is there. */
export function failureKey(failure: Pick<Failure, 'code' | 'reasonCode'>, has: (key: string) => boolean): string {
  if (failure.code !== 'connack' && failure.code !== 'server-disconnect') return `failures.${failure.code}`
  const group = failure.code === 'connack' ? 'failures.connack' : 'failures.serverDisconnect'
  const code = formatReasonCode(failure.reasonCode ?? 0x80).slice(1)
  return has(`${group}.${code}.title`) ? `${group}.${code}` : `${group}.other`
}

/** Whom the server's own certificate is for, as far as a sentence holds them. */
function certificateNames({ certificates: [own] }: Failure): string {
  if (own === undefined) return ''
  const { shown, more } = namesOf(own, 3)
  return [...shown.map(isolate), ...(more > 0 ? ['…'] : [])].join(', ')
}

/** Words failures of the connection to `address`. */
export function useFailureText(): (failure: Failure, address: string) => FailureText {
  const i18n = useI18n({ useScope: 'global' })
  const { t } = i18n
  return (failure, address) => {
    const key = failureKey(failure, (candidate) => i18n.te(candidate))
    const reasonCode = failure.reasonCode ?? 0x80
    const { host, port } = splitAddress(address)
    const details = {
      host: isolate(host),
      port,
      address: isolate(address),
      detail: isolate(failure.detail),
      names: certificateNames(failure),
      code: formatReasonCode(reasonCode),
      name: reasonCodeName(reasonCode),
    }
    return { title: t(`${key}.title`, details), why: t(`${key}.why`, details), advice: t(`${key}.advice`, details) }
  }
}
