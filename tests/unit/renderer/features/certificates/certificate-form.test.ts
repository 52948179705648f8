import { describe, expect, it } from 'vitest'
import { newForm, orderOf, withKind, type CertificateForm } from '../../../../../src-renderer/features/certificates/certificate-form'

const ISSUER = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const server = (changes: Partial<CertificateForm>): CertificateForm => ({
  ...newForm('server', ISSUER),
  commonName: 'broker',
  names: 'broker.example',
  ...changes,
})
const errorsOf = (form: CertificateForm) => {
  const checked = orderOf(form)
  return 'errors' in checked ? checked.errors : {}
}

describe('the form of a certificate', () => {
  it('orders what was typed, and nothing that its kind does not have', () => {
    expect(orderOf(server({ commonName: ' broker ', names: 'a.example, 10.0.0.5;*.b.example\n::1 a.example' }))).toEqual({
      order: {
        kind: 'server',
        commonName: 'broker',
        keyKind: 'ecdsa-p256',
        days: 825,
        issuerId: ISSUER,
        names: ['a.example', '10.0.0.5', '*.b.example', '::1'],
      },
    })
    expect(orderOf(server({ kind: 'client' }))).toEqual({
      order: { kind: 'client', commonName: 'broker', keyKind: 'ecdsa-p256', days: 825, issuerId: ISSUER },
    })
    expect(orderOf(server({ kind: 'authority', issuerId: '' }))).toEqual({
      order: { kind: 'authority', commonName: 'broker', keyKind: 'ecdsa-p256', days: 825 },
    })
  })

  it.each<[string, Partial<CertificateForm>, object]>([
    ['no name', { commonName: '  ' }, { commonName: { key: 'commonName' } }],
    ['a long name', { commonName: 'x'.repeat(65) }, { commonName: { key: 'commonName' } }],
    ['a control character', { commonName: 'a\u0000b' }, { commonName: { key: 'commonName' } }],
    ['no host', { names: ' , ' }, { names: { key: 'names' } }],
    ['a host with a port', { names: 'a.example b.example:8883' }, { names: { key: 'badName', name: 'b.example:8883' } }],
    ['a URL', { names: 'mqtts://a.example' }, { names: { key: 'badName', name: 'mqtts://a.example' } }],
    ['half an address', { names: '10.0.0.300' }, { names: { key: 'badName', name: '10.0.0.300' } }],
    ['a wildcard within', { names: 'a.*.example' }, { names: { key: 'badName', name: 'a.*.example' } }],
    ['another script', { names: 'münchen.example' }, { names: { key: 'badName', name: 'münchen.example' } }],
    ['too many hosts', { names: Array.from({ length: 101 }, (_, index) => `h${index}`).join(' ') }, { names: { key: 'tooManyNames' } }],
    ['no days', { days: null }, { days: { key: 'days' } }],
    ['days that are no number', { days: Number.NaN }, { days: { key: 'days' } }],
    ['no day', { days: 0 }, { days: { key: 'days' } }],
    ['more than 20 years', { days: 7_301 }, { days: { key: 'days' } }],
    ['no authority', { issuerId: '' }, { issuerId: { key: 'issuerId' } }],
  ])('says what is wrong: %s', (_name, changes, errors) => {
    expect(errorsOf(server(changes))).toEqual(errors)
  })

  it.each(['localhost', 'a-b.example', '*.plant.example', 'xn--mnchen-3ya.example', 'my_broker', '192.168.1.20', 'fe80::1'])('takes %s', (names) => {
    expect(errorsOf(server({ names }))).toEqual({})
  })

  it('shortens a monster of a name where it is named', () => {
    expect(errorsOf(server({ names: 'x:'.repeat(500) })).names?.name).toHaveLength(81)
  })

  it('keeps what was typed when the kind changes, and the days that were chosen', () => {
    const usual = newForm('authority', ISSUER)
    expect(usual.days).toBe(3_650)
    expect(withKind({ ...usual, commonName: 'x' }, 'client')).toMatchObject({ commonName: 'x', days: 825 })
    expect(withKind({ ...usual, days: 7 }, 'client').days).toBe(7)
  })
})
