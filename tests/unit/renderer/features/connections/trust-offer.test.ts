import { describe, expect, it } from 'vitest'
import type { FailureCode } from '@shared/connection/failure'
import type { PeerCertificate } from '@shared/connection/peer-certificate'
import { trustOffer } from '../../../../../src-renderer/features/connections/trust-offer'
import { someFailure } from '../../../../support/connection-status'

const certificate = (selfSigned: boolean): PeerCertificate => ({
  subject: 'x',
  issuer: 'x',
  names: [],
  validFromMs: 0,
  validToMs: 1,
  fingerprint: 'AA',
  selfSigned,
  pem: '',
})

function offers(code: FailureCode, ...selfSigned: boolean[]) {
  const failure = someFailure({ code, certificates: selfSigned.map(certificate) })
  return selfSigned.map((_, index) => trustOffer(failure, index))
}

describe('trustOffer', () => {
  it('is to trust the authority that the server sent', () => {
    expect(offers('tls-unknown-issuer', false, false, true)).toEqual([null, null, 'trust'])
  })

  it('else to pin the certificate of the server', () => {
    expect(offers('tls-unknown-issuer', false)).toEqual(['pin'])
    expect(offers('tls-unknown-issuer', false, false)).toEqual(['pin', null])
    expect(offers('tls-unknown-issuer', true)).toEqual(['pin'])
  })

  it.each(['tls-expired', 'tls-not-yet-valid', 'tls-wrong-host', 'tls-not-pinned'] as const)(
    'is to pin where no authority would help: %s',
    (code) => expect(offers(code, false, true)).toEqual(['pin', null]),
  )

  it('is nothing where the certificate is not what failed', () => {
    expect(offers('tls-client-refused', false, true)).toEqual([null, null])
  })
})
