import type { Connection } from '../../src-shared/connection/connection'
import type { FailureCode } from '../../src-shared/connection/failure'
import type { RequestArgs } from '../../src-shared/ipc/contract'
import type { PasswordChange } from '../../src-shared/profile/profile'
import { defaultProfileDraft } from '../../src-shared/profile/profile-defaults'
import type { CertificateFile, CertificatePurpose } from '../../src-shared/profile/tls'
import { encryptKey, makeAuthority, toPkcs12, type Identity } from '../support/certificates'
import type { Mosquitto } from '../support/mosquitto'
import { expect, type App } from './support/app'
import { answerDialog, test } from './support/plant'

const DAY_MS = 86_400_000
const ADDRESSES = ['127.0.0.1']
const PROTOCOLS = ['mqtts', 'wss'] as const

interface Files {
  readonly authority: string
  readonly certificate?: string
  readonly key?: string
  readonly passphrase?: string
}

type Outcome = 'online' | FailureCode

/** Takes a file as the editor does. */
async function take(app: App, purpose: CertificatePurpose, path: string | undefined): Promise<CertificateFile | null> {
  if (path === undefined) return null
  await answerDialog(app, path)
  const reply = await app.page.evaluate((wanted) => window.pubscope.requests['certificates.choose'](wanted), { purpose, kind: 'copy' })
  expect(reply).toMatchObject({ ok: true })
  return (reply as { value: CertificateFile }).value
}

/** Connects with these files, as the page would, and says how it ended. */
async function outcomeOf(app: App, protocol: (typeof PROTOCOLS)[number], broker: Mosquitto, files: Files): Promise<Outcome> {
  const draft = defaultProfileDraft('matrix')
  const passphrase: PasswordChange =
    files.passphrase === undefined ? { kind: 'clear' } : { kind: 'set', password: files.passphrase, storage: 'session' }
  const save: RequestArgs<'profiles.save'> = {
    profileId: null,
    draft: {
      ...draft,
      name: 'case',
      protocol,
      host: '127.0.0.1',
      port: protocol === 'mqtts' ? broker.port : (broker.wsPort ?? 0),
      tls: {
        ...draft.tls,
        authority: await take(app, 'authority', files.authority),
        certificate: await take(app, 'certificate', files.certificate),
        key: await take(app, 'key', files.key),
      },
    },
    password: { kind: 'clear' },
    passphrase,
    proxyPassword: { kind: 'clear' },
    headers: { kind: 'keep' },
    authenticationData: { kind: 'keep' },
  }
  return app.page.evaluate(async (args) => {
    const ask = async <Value>(channel: 'profiles.save' | 'connections.open' | 'connections.close' | 'connections.list', argument?: unknown): Promise<Value> => {
      const reply = (await window.pubscope.requests[channel](argument)) as { ok: boolean; value: Value; error?: unknown }
      if (!reply.ok) throw new Error(JSON.stringify(reply.error))
      return reply.value
    }
    const ended = new Promise<Connection>((resolve) => {
      const stop = window.pubscope.events['connections.changed']((list) => {
        const settled = (list as Connection[]).find(({ status }) => status.phase === 'online' || 'failure' in status)
        if (settled === undefined) return
        stop()
        resolve(settled)
      })
    })
    const { id: profileId } = await ask<{ id: string }>('profiles.save', args)
    await ask('connections.open', { profileId, connect: true })
    const { id: connectionId, status } = await ended
    await ask('connections.close', { connectionId })
    return 'failure' in status ? status.failure.code : ('online' as const)
  }, save)
}

test('the TLS matrix, with the TLS of this Electron', async ({ start, plant }) => {
  test.setTimeout(180_000)
  const { authority, file } = plant
  const server = (options: Partial<Parameters<typeof authority.issue>[0]> = {}): Promise<Identity> =>
    authority.issue({ commonName: 'broker', addresses: ADDRESSES, ...options })
  const ca = { authority: file('ca.pem', authority.certificate) }
  const strangerCa = file('stranger.pem', (await makeAuthority('Stranger CA')).certificate)
  const pem = (name: string, { certificate, key }: Identity): Files => ({ ...ca, certificate: file(`${name}.pem`, certificate), key: file(`${name}.key`, key) })
  const p12 = (name: string, bytes: Uint8Array, passphrase: string): Files => ({ ...ca, certificate: file(`${name}.p12`, bytes), passphrase })

  const ada = await authority.issue({ commonName: 'ada' })
  const rsa = await authority.issue({ commonName: 'ada', key: 'RSA 2048' })
  const edwards = await authority.issue({ commonName: 'ada', key: 'Ed25519' })
  const underPassphrase = { ...pem('ada', ada), key: file('locked.key', encryptKey(ada.key, 'secret')) }

  const mutual = await plant.broker(await server(), ['require_certificate true'])
  const cases: [name: string, expected: Outcome, broker: Mosquitto, files: Files][] = [
    ['a server with ECDSA', 'online', await plant.broker(await server()), ca],
    ['a server with RSA', 'online', await plant.broker(await server({ key: 'RSA 2048' })), ca],
    ['a server with Ed25519', 'online', await plant.broker(await server({ key: 'Ed25519' })), ca],
    ['a server that expired', 'tls-expired', await plant.broker(await server({ validToMs: Date.now() - DAY_MS / 2 })), ca],
    ['a server for another host', 'tls-wrong-host', await plant.broker(await server({ addresses: [], dnsNames: ['other.example'] })), ca],
    ['a server nobody knows', 'tls-unknown-issuer', mutual, { authority: strangerCa }],
    ['ECDSA in PEM', 'online', mutual, pem('ada', ada)],
    ['RSA in PEM', 'online', mutual, pem('rsa', rsa)],
    ['Ed25519 in PEM', 'online', mutual, pem('edwards', edwards)],
    ['a key under a passphrase', 'online', mutual, { ...underPassphrase, passphrase: 'secret' }],
    ['a key under a wrong passphrase', 'tls-passphrase', mutual, { ...underPassphrase, passphrase: 'wrong' }],
    ['a key under a missing passphrase', 'tls-passphrase', mutual, underPassphrase],
    ['the key of another certificate', 'tls-own-files', mutual, { ...pem('ada', ada), key: file('other.key', rsa.key) }],
    ['PKCS#12', 'online', mutual, p12('modern', toPkcs12(ada, 'secret'), 'secret')],
    ['PKCS#12 with Ed25519', 'online', mutual, p12('edwards', toPkcs12(edwards, 'secret'), 'secret')],
    ['PKCS#12 and a wrong passphrase', 'tls-passphrase', mutual, p12('modern', toPkcs12(ada, 'secret'), 'wrong')],
    ['legacy PKCS#12', 'online', mutual, p12('legacy', toPkcs12(ada, 'secret', 'legacy'), 'secret')],
    ['legacy PKCS#12 and a wrong passphrase', 'tls-passphrase', mutual, p12('legacy', toPkcs12(ada, 'secret', 'legacy'), 'wrong')],
    ['PKCS#12 with an odd cipher', 'tls-own-unsupported', mutual, p12('odd', toPkcs12(ada, 'secret', 'odd'), 'secret')],
    ['no certificate where one is demanded', 'tls-client-refused', mutual, ca],
  ]

  const app = await start()
  for (const [name, expected, broker, files] of cases) {
    for (const protocol of PROTOCOLS) {
      expect.soft(await outcomeOf(app, protocol, broker, files), `${protocol}, ${name}`).toBe(expected)
    }
  }
})
