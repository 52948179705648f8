import { describe, expect, it } from 'vitest'
import { SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import type { Candidate, Entry } from '@shared/transfer/candidate'
import { readTransfer } from '@shared/transfer/read-transfer'

function entriesOf(text: string): readonly Entry[] {
  const transfer = readTransfer(text)
  if (transfer.kind !== 'entries') throw new Error(JSON.stringify(transfer))
  expect(transfer.source).toBe('mosquitto')
  return transfer.entries
}

function read(text: string): Candidate {
  const [entry] = entriesOf(text)
  if (entry?.kind !== 'usable') throw new Error(JSON.stringify(entry))
  return entry
}

const remarksOf = (text: string) => read(text).remarks

describe('a command of the Mosquitto clients', () => {
  it('says where to connect, as whom, and to what to subscribe', () => {
    expect(read(`mosquitto_sub -h broker.example -p 1884 -u ada -P 'pa ss' -i me -k 30 -q 1 -t a/# -t '$SYS/#' -V mqttv5 -v`)).toMatchObject({
      draft: {
        name: 'broker.example:1884',
        protocol: 'mqtt',
        host: 'broker.example',
        port: 1884,
        username: 'ada',
        clientId: 'me',
        keepaliveSeconds: 30,
        mqttVersion: '5.0',
        cleanStart: true,
        subscriptions: [{ filter: 'a/#', qos: 1 }, { filter: '$SYS/#', qos: 1 }],
      },
      secrets: { password: 'pa ss' },
      remarks: [{ code: 'option-ignored', option: '-v', reason: 'printing' }],
    })
  })

  it('without a host means this computer, without a version any', () => {
    expect(read('mosquitto_sub -t a').draft).toMatchObject({ host: 'localhost', port: 1883, protocol: 'mqtt', mqttVersion: 'automatic' })
  })

  it.each([
    ['-L mqtt://ada:pw@h:1999/a/b -t c', { protocol: 'mqtt', host: 'h', port: 1999, username: 'ada', subscriptions: [{ filter: 'a/b', qos: 0 }, { filter: 'c', qos: 0 }] }],
    ['-L mqtts://h/a', { protocol: 'mqtts', host: 'h', port: 8883, subscriptions: [{ filter: 'a', qos: 0 }] }],
    ['-p 8883 -t a', { protocol: 'mqtts', port: 8883 }],
    ['--cafile /ca.pem -t a', { protocol: 'mqtts', port: 8883 }],
    ['--cafile /ca.pem -p 1884 -t a', { protocol: 'mqtts', port: 1884 }],
    ['--tls-use-os-certs -t a --insecure --tls-alpn mqtt --tls-version tlsv1.3', { protocol: 'mqtts', tls: { verifyHostName: false, verifyCertificate: true, alpnProtocols: ['mqtt'], minimumVersion: '1.3' } }],
    ['-c -i me -t a', { cleanStart: false, clientId: 'me', connectOptions: { sessionExpirySeconds: SESSION_NEVER_EXPIRES } }],
    ['-c -i me -x 60 -V 5 -t a', { mqttVersion: '5.0', cleanStart: false, connectOptions: { sessionExpirySeconds: 60 } }],
    ['-x ∞ -t a', { connectOptions: { sessionExpirySeconds: SESSION_NEVER_EXPIRES } }],
    ['-V 31 -t a', { mqttVersion: '3.1' }],
    ['-V mqttv311 -t a', { mqttVersion: '3.1.1' }],
    ['--retain-as-published -D subscribe subscription-identifier 7 -t a', { mqttVersion: '5.0', subscriptions: [{ filter: 'a', options: { retainAsPublished: true, identifier: 7 } }] }],
    ['-D connect receive-maximum 20 -D CONNECT user-property a b -D connect maximum-packet-size 5000 -t a', { mqttVersion: '5.0', maximumPacketBytes: 5_000, connectOptions: { receiveMaximum: 20, userProperties: [{ name: 'a', value: 'b' }] } }],
    ['--will-topic w --will-payload bye --will-qos 2 --will-retain -D will will-delay-interval 5 -t a', { will: { topic: 'w', payloadBase64: 'Ynll', qos: 2, retain: true, delaySeconds: 5 } }],
  ])('%s', (options, draft) => {
    expect(read(`mosquitto_sub ${options}`).draft).toMatchObject(draft)
  })

  it.each([
    ['mosquitto_sub -t "$SYS/#"', []],
    ['mosquitto_sub -u ada -P "$MQTT_PASSWORD" -t a', [{ code: 'variable', option: '-P' }]],
    ['mosquitto_sub -t "$TOPIC"', [{ code: 'variable', option: '-t' }]],
    ['mosquitto_sub -t a -T b -C 1', [{ code: 'option-ignored', option: '-T', reason: 'printing' }, { code: 'option-ignored', option: '-C', reason: 'ending' }]],
    ['mosquitto_sub --capath /certs -t a', [{ code: 'option-ignored', option: '--capath', reason: 'tls' }]],
    ['mosquitto_sub --mystery=canary -t a', [{ code: 'option-ignored', option: '--mystery', reason: 'unknown' }]],
    ['mosquitto_sub -t a canary words', [{ code: 'words-ignored', count: 2 }]],
    ['mosquitto_sub -I dev- -t a', [{ code: 'client-id-completed' }]],
    ['mosquitto_sub -k soon -t a', [{ code: 'value-unusable', field: 'keepaliveSeconds' }]],
    ['mosquitto_sub -q 7 -t a', [{ code: 'option-value', option: '-q' }]],
    ['mosquitto_sub -L nonsense -t a', [{ code: 'option-value', option: '-L' }]],
    ['mosquitto_sub -D connect __proto__ x -t a', [{ code: 'option-ignored', option: '-D connect __proto__', reason: 'property' }]],
    ['mosquitto_sub --proxy http://canary@p -t a', [{ code: 'option-value', option: '--proxy' }]],
    ['mosquitto_pub -t a -m canary -r', ['-t', '-m', '-r'].map((option) => ({ code: 'option-ignored', option, reason: 'publishing' }))],
  ])('%s has remarks without a secret', (text, remarks) => {
    expect(remarksOf(text)).toEqual(remarks)
    expect(JSON.stringify(remarks)).not.toContain('canary')
  })

  it('knows the proxy and the password there', () => {
    const { draft, secrets } = read('mosquitto_sub --proxy socks5h://a%40b:c%3Ad@proxy.example -t a')
    expect(draft.proxy).toEqual({ kind: 'socks5', host: 'proxy.example', port: 1_080, username: 'a@b' })
    expect(secrets).toEqual({ proxyPassword: 'c:d' })
  })

  it('keeps no password that only a shell knows', () => {
    expect(read('mosquitto_sub -u ada -P "$MQTT_PASSWORD" -t a').secrets).toEqual({})
  })

  it.each([
    ['mosquitto_sub --unix /run/m.sock -t a', 'unix-socket'],
    ['mosquitto_sub --psk abc --psk-identity me -t a', 'pre-shared-key'],
    ['mosquitto_sub -t', 'command-broken'],
    ['mosquitto_sub -t a -D connect', 'command-broken'],
    ['mosquitto_sub -h "$HOST" -t a', 'host-missing'],
    ["mosquitto_sub -h 'a b' -t a", 'host-unusable'],
  ])('%s cannot come in: %s', (text, code) => {
    expect(entriesOf(text)).toMatchObject([{ kind: 'unusable', obstacle: { code } }])
  })

  it('may be several, behind other words, and stand on several lines', () => {
    const entries = entriesOf(`# my brokers
      sudo /usr/bin/mosquitto_sub -h a \\
        -t 'x'
      echo hello; docker exec -it box mosquitto_pub -h b -t y -m hi
    `)
    expect(entries.map((entry) => entry.kind === 'usable' && entry.draft.host)).toEqual(['a', 'b'])
  })
})
