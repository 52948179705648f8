import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { KeyKind } from '@shared/certificates/made-certificate'
import { issueCertificate, type Issued } from '../../src-main/certificates/issue-certificate'
import { writePkcs12 } from '../../src-main/certificates/pkcs12-file'
import type { TlsConfig } from '../../src-main/engine/engine-api'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type EngineDriver, tlsConfig } from '../support/engine-driver'

const bench = useBrokerBench()
const issuerId = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const asPem = ({ certificate, key }: Issued) => ({ certificate: new X509Certificate(certificate).toString(), key })

async function makeAll(keyKind: KeyKind) {
  const common = { keyKind, days: 10, issuerId }
  const authority = await issueCertificate({ kind: 'authority', commonName: 'Plant CA', keyKind, days: 10 }, null, Date.now())
  const server = await issueCertificate({ kind: 'server', commonName: 'broker', names: ['broker.plant.example', '127.0.0.1'], ...common }, authority, Date.now())
  const client = await issueCertificate({ kind: 'client', commonName: 'ada', ...common }, authority, Date.now())
  const pkcs12 = await writePkcs12({ certificates: [client.certificate, authority.certificate], key: client.key, name: 'ada' }, 'secret')
  return { authority, server, client, pkcs12 }
}

describe.each(['ecdsa-p256', 'rsa-2048'] as const)('certificates made here, %s', (keyKind) => {
  it('carry a real broker’s mutual TLS: clients known by their common name, refused without one', async () => {
    const { authority, server, client, pkcs12 } = await makeAll(keyKind)
    const broker = await bench.secureMosquitto({
      authority: asPem(authority),
      identity: asPem(server),
      extraLines: ['require_certificate true', 'use_identity_as_username true'],
    })
    const attempt = (identity: TlsConfig['identity'], serverName = ''): EngineDriver => {
      const app = bench.driver()
      const tls = tlsConfig([asPem(authority)], { identity, serverName })
      app.engine.connect(connectionConfig(broker.port, { protocol: 'mqtts', tls }))
      return app
    }
    const { certificate, key } = asPem(client)
    const pem = { kind: 'pem', certificates: certificate, key: Buffer.from(key), passphrase: null } as const
    await attempt(pem).waitForPhase('online')
    expect(broker.log().match(/u'ada'/g)).toHaveLength(1)
    await attempt({ kind: 'pkcs12', bytes: pkcs12, passphrase: 'secret' }, 'broker.plant.example').waitForPhase('online')
    expect(broker.log().match(/u'ada'/g)).toHaveLength(2)

    const { failure } = await attempt({ kind: 'none' }).waitForPhase('failed')
    expect(failure.code).toBe('tls-client-refused')
    const stranger = asPem((await makeAll(keyKind)).client)
    const refused = await attempt({ ...pem, certificates: stranger.certificate, key: Buffer.from(stranger.key) }).waitForPhase('failed')
    expect(refused.failure.code).toBe('tls-client-refused')
    const wrongHost = await attempt(pem, 'other.plant.example').waitForPhase('failed')
    expect(wrongHost.failure.code).toBe('tls-wrong-host')
  })
})
