import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS, SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import type { Profile, ProfileDraft } from '@shared/profile/profile'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { DEFAULT_WILL } from '@shared/profile/will'
import { mosquittoPub, mosquittoSub, type CopiedCommand } from '@shared/transfer/mosquitto-copy'
import { makeAuthority } from '../support/certificates'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { mosquittoPub as publish, mosquittoSub as subscribe } from '../support/mosquitto-clients'
import { startSecureMosquitto } from '../support/secure-mosquitto'
import { profileOf as savedProfile } from '../unit/main/support/profile-store-bench'

const run = promisify(execFile)
const USER = `ada "o'hara" $HOME`
const PASSWORD = `pa'ss $1`

const profileOf = (draft: Partial<ProfileDraft>, more: Partial<Profile> = {}): Profile =>
  savedProfile('5b3f4b1e-6f1c-4b5e-9a53-0d8f8a4f0c11', 'p', { host: '127.0.0.1', clientId: 'copied', ...draft, ...more })

/** Runs a command as it would be pasted, in a real shell. */
async function runCommand(copied: CopiedCommand, more = '', folder = tmpdir()): Promise<string> {
  if (!copied.ok) throw new Error(copied.reason)
  const { stdout } = await run('sh', ['-c', `${copied.command} ${more}`], { cwd: folder, env: { ...process.env, MQTT_PASSWORD: PASSWORD } })
  return stdout
}

/** What a copied mosquitto_sub prints of the first message, which is retained. */
const firstLine = async (profile: Profile, folder?: string) => (await runCommand(mosquittoSub(profile), '-C 1 -W 10', folder)).trimEnd()

let broker: Mosquitto
beforeAll(async () => {
  broker = await startMosquitto()
})
afterAll(() => broker.stop())

describe('a copied mosquitto_sub is accepted and receives', () => {
  it.each([
    ['plain', 'plain'],
    ['all/#', 'all/a'],
    ['+/level', 'one/level'],
    ['with space/and "quotes" it\'s', 'with space/and "quotes" it\'s'],
    ['$dollar/`tick`/\\back', '$dollar/`tick`/\\back'],
    ['ünïcode/🙂', 'ünïcode/🙂'],
    ['-t', '-t'],
  ])('the filter %s', async (filter, topic) => {
    await publish({ port: broker.port, topic, payload: 'hello', retain: true })
    expect(await firstLine(profileOf({ port: broker.port, subscriptions: [{ filter, qos: 1 }] }))).toBe(`${topic} hello`)
  })

  it('the statistics of the broker, and everything', async () => {
    const line = await firstLine(profileOf({ port: broker.port, subscriptions: [{ filter: '$SYS/#', qos: 0 }] }))
    expect(line).toMatch(/^\$SYS\//)
    await publish({ port: broker.port, topic: 'any', payload: 'x', retain: true })
    expect(await firstLine(profileOf({ port: broker.port, subscriptions: [] }))).not.toBe('')
  })

  it.each<[string, Partial<ProfileDraft>]>([
    ['3.1.1 with a session', { mqttVersion: '3.1.1', cleanStart: false }],
    ['3.1', { mqttVersion: '3.1' }],
    ['a session of 5.0', { mqttVersion: '5.0', cleanStart: false, connectOptions: { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 60 } }],
    ['a session that never ends', { cleanStart: false, connectOptions: { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: SESSION_NEVER_EXPIRES } }],
    ['no client identifier', { clientId: '', mqttVersion: '5.0' }],
    ['a short keep alive', { keepaliveSeconds: 1 }],
    ['no keep alive', { keepaliveSeconds: 0 }],
    [
      'every property of CONNECT',
      {
        mqttVersion: '5.0',
        maximumPacketBytes: 100_000,
        connectOptions: {
          ...DEFAULT_CONNECT_OPTIONS,
          receiveMaximum: 10,
          topicAliasMaximum: 5,
          requestResponseInformation: true,
          requestProblemInformation: false,
          userProperties: [{ name: "it's", value: '"$x"' }, { name: '', value: '' }],
        },
      },
    ],
    [
      'every property of a will',
      {
        mqttVersion: '5.0',
        will: {
          ...DEFAULT_WILL,
          topic: 'gone away',
          payloadBase64: Buffer.from('bye "bye"').toString('base64'),
          qos: 2,
          retain: true,
          delaySeconds: 3,
          messageExpirySeconds: 60,
          payloadIsUtf8: true,
          contentType: 'text/plain',
          responseTopic: 'answer',
          correlationDataBase64: Buffer.from('c 1').toString('base64'),
          userProperties: [{ name: 'a b', value: '#' }],
        },
      },
    ],
    ['a will of 3.1.1', { mqttVersion: '3.1.1', will: { ...DEFAULT_WILL, topic: 'gone' } }],
    [
      'options of subscriptions',
      { subscriptions: [{ filter: 'options', qos: 1, options: { noLocal: false, retainAsPublished: true, retainHandling: 0, identifier: 9 } }] },
    ],
  ])('with %s', async (_what, draft) => {
    const filter = draft.subscriptions?.[0]?.filter ?? 'options'
    await publish({ port: broker.port, topic: filter, payload: 'hello', retain: true })
    expect(await firstLine(profileOf({ port: broker.port, subscriptions: [{ filter, qos: 1 }], ...draft }))).toBe(`${filter} hello`)
  })

  it('with a user and the password from the terminal', async () => {
    const guarded = await startMosquitto({ users: { [USER]: PASSWORD } })
    try {
      await publish({ port: guarded.port, username: USER, password: PASSWORD, topic: 'a', payload: 'in', retain: true })
      const profile = profileOf({ port: guarded.port, username: USER, subscriptions: [{ filter: 'a', qos: 0 }] }, { passwordStorage: 'session' })
      expect(await firstLine(profile)).toBe('a in')
    } finally {
      await guarded.stop()
    }
  })

  it('over mutual TLS, with the files it names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-copied-'))
    const authority = await makeAuthority('Plant CA')
    const client = await authority.issue({ commonName: 'ada' })
    const secure = await startSecureMosquitto({
      authority,
      identity: await authority.issue({ commonName: 'broker', dnsNames: ['elsewhere.example'] }),
      extraLines: ['require_certificate true'],
    })
    try {
      for (const [name, text] of [['ca.pem', authority.certificate], ['client.pem', client.certificate], ['client.key', client.key]] as const) {
        writeFileSync(join(folder, name), text)
      }
      const file = (name: string) => ({ kind: 'copy' as const, fileId: '5b3f4b1e-6f1c-4b5e-9a53-0d8f8a4f0c11', name })
      // The certificate is for another host, which the profile does not verify.
      const tls = { ...DEFAULT_TLS, authority: file('a'), certificate: file('b'), key: file('c'), verifyHostName: false, minimumVersion: '1.3' as const }
      const profile = profileOf({ protocol: 'mqtts', port: secure.port, tls, subscriptions: [{ filter: '$SYS/broker/version', qos: 0 }] })
      expect(await firstLine(profile, folder)).toMatch(/^\$SYS\/broker\/version mosquitto/)
    } finally {
      await secure.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('a copied mosquitto_pub', () => {
  it('publishes what was being written, byte for byte', async () => {
    const payload = `{"say": "it's $5 & more", "n": [1, 2]}\n  \`x\``
    const witness = await subscribe({ port: broker.port, topic: 'copied/#', qos: 1 })
    try {
      const profile = profileOf({ port: broker.port, mqttVersion: '5.0', subscriptions: [] })
      await runCommand(mosquittoPub(profile, { topic: "copied/it's", payload, qos: 1, retain: false }))
      const message = await witness.waitFor(({ topic }) => topic === "copied/it's")
      expect(message.payload.toString('utf8')).toBe(payload)
      expect(message.qos).toBe(1)
    } finally {
      await witness.stop()
    }
  })
})
