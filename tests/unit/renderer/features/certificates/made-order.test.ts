import { expect, it } from 'vitest'
import type { MadeCertificate } from '@shared/certificates/made-certificate'
import { inListOrder, kindOf } from '../../../../../src-renderer/features/certificates/made-order'

const FACTS: MadeCertificate['facts'] = {
  title: '',
  subject: [],
  issuer: [],
  names: [],
  moreNames: 0,
  validFromMs: 0,
  validToMs: 0,
  serial: '',
  key: { kind: '', bits: null, curve: null },
  signatureAlgorithm: '',
  keyUsages: [],
  purposes: [],
  isAuthority: false,
  pathLength: null,
  sha256: '',
  sha1: '',
}
const made = (id: string, kind: MadeCertificate['kind'], issuerId: string | null): MadeCertificate => ({ id, kind, issuerId, keyStorage: 'plain', facts: FACTS })

it('authorities come with what they signed, orphans last', () => {
  const list = [
    made('orphan', 'client', 'gone'),
    made('s1', 'server', 'ca1'),
    made('ca1', 'authority', null),
    made('ca2', 'authority', null),
    made('s2', 'server', 'ca2'),
    made('c1', 'client', 'ca1'),
  ]
  expect(inListOrder(list).map(({ certificate, below }) => `${below ? '  ' : ''}${certificate.id}`)).toEqual([
    'ca1',
    '  s1',
    '  c1',
    'ca2',
    '  s2',
    'orphan',
  ])
})

it('a stranger’s certificate is for what its extensions say', () => {
  expect(kindOf({ ...FACTS, isAuthority: true, purposes: ['serverAuth'] })).toBe('authority')
  expect(kindOf({ ...FACTS, purposes: ['clientAuth', 'serverAuth'] })).toBe('server')
  expect(kindOf({ ...FACTS, purposes: ['clientAuth'] })).toBe('client')
  expect(kindOf(FACTS)).toBe('unknown')
})
