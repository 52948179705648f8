import { describe, expect, it } from 'vitest'
import { DEFAULT_TLS, fileIdsOf, tlsSchema } from '@shared/profile/tls'
import { usesTls, usesWebSocket } from '@shared/profile/profile'

const FILE = { kind: 'copy', fileId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f', name: 'ca.pem' }
const accepts = (change: Record<string, unknown>): boolean => tlsSchema.safeParse({ ...DEFAULT_TLS, ...change }).success
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index}`)

describe('tlsSchema', () => {
  it('accepts the default: everything is checked, by the authorities of the system', () => {
    expect(tlsSchema.parse(DEFAULT_TLS)).toEqual(DEFAULT_TLS)
    expect(DEFAULT_TLS).toMatchObject({ authority: null, verifyCertificate: true, verifyHostName: true })
  })

  it.each(Object.keys(DEFAULT_TLS))('needs %s', (field) => {
    const rest = Object.fromEntries(Object.entries(DEFAULT_TLS).filter(([key]) => key !== field))
    expect(tlsSchema.safeParse(rest).success).toBe(false)
  })

  it.each<[string, unknown[], unknown[]]>([
    ['serverName', ['', 'broker.example', 'münchen.example', '10.0.0.1', 'x'.repeat(253)], ['a b', 'a:1', '::1', 'mqtts://a', 'a/b', 'u@a', 'a?', 'a#', 'x'.repeat(254), null]],
    ['alpnProtocols', [[], ['mqtt'], ['x-amzn-mqtt-ca', 'mqtt'], ['x'.repeat(255)], many(16)], [[''], [' '], ['x'.repeat(256)], many(17), [1], 'mqtt', null]],
    ['minimumVersion', ['1.2', '1.3'], ['1.0', '1.1', 'TLSv1.2', 1.2, null]],
    ['verifyCertificate', [true, false], [0, 'false', null]],
    ['verifyHostName', [true, false], [1, null]],
    ...(['authority', 'certificate', 'key'] as const).map((field): [string, unknown[], unknown[]] => [
      field,
      [null, FILE, { ...FILE, name: 'x'.repeat(255) }],
      [
        undefined,
        'ca.pem',
        { ...FILE, fileId: '../../../.ssh/id_rsa' },
        { ...FILE, fileId: '' },
        { ...FILE, name: '' },
        { ...FILE, name: 'x'.repeat(256) },
        { ...FILE, path: '/etc/shadow' },
        { name: 'ca.pem' },
      ],
    ]),
  ])('%s', (field, good, bad) => {
    for (const value of good) expect(accepts({ [field]: value }), `accepts ${JSON.stringify(value)}`).toBe(true)
    for (const value of bad) expect(accepts({ [field]: value }), `refuses ${JSON.stringify(value)}`).toBe(false)
  })

  it('trims names', () => {
    expect(tlsSchema.parse({ ...DEFAULT_TLS, serverName: ' h\n', alpnProtocols: [' mqtt '] })).toMatchObject({ serverName: 'h', alpnProtocols: ['mqtt'] })
  })

  it.each(['passphrase', 'pem', 'ca', 'rejectUnauthorized'])('refuses what it does not know: %s', (field) => {
    expect(accepts({ [field]: 'x' })).toBe(false)
  })
})

describe('fileIdsOf', () => {
  it('are those of all files there are', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((fileId) => ({ kind: 'copy' as const, fileId, name: 'x' }))
    expect(fileIdsOf(DEFAULT_TLS)).toEqual([])
    expect(fileIdsOf({ ...DEFAULT_TLS, authority: a ?? null, certificate: b ?? null, key: c ?? null })).toEqual(['a', 'b', 'c'])
    expect(fileIdsOf({ ...DEFAULT_TLS, key: c ?? null })).toEqual(['c'])
  })
})

it('protocols with an s speak TLS, those with ws travel in WebSocket', () => {
  const all = ['mqtt', 'mqtts', 'ws', 'wss'] as const
  expect(all.filter(usesTls)).toEqual(['mqtts', 'wss'])
  expect(all.filter(usesWebSocket)).toEqual(['ws', 'wss'])
})
