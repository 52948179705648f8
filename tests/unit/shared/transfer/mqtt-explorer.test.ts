import { describe, expect, it } from 'vitest'
import type { Candidate, Entry } from '@shared/transfer/candidate'
import { readTransfer } from '@shared/transfer/read-transfer'

/** A `settings.json` of MQTT Explorer 0.4: `configVersion`, filters with a QoS, files in base64. */
const SETTINGS = `{
  "ConnectionManager_connections": {
    "mqtt.eclipse.org": {
      "configVersion": 1, "certValidation": true, "clientId": "mqtt-explorer-9b1f", "id": "mqtt.eclipse.org", "name": "mqtt.eclipse.org",
      "encryption": false, "subscriptions": [{"topic": "#", "qos": 0}, {"topic": "$SYS/#", "qos": 1}],
      "type": "mqtt", "host": "mqtt.eclipse.org", "port": 1883, "protocol": "mqtt"
    },
    "5f1c": {
      "configVersion": 1, "certValidation": false, "clientId": "", "id": "5f1c", "name": "Plant",
      "encryption": true, "subscriptions": [{"topic": "plant/+/temp", "qos": 2}],
      "type": "mqtt", "host": "10.0.0.5", "port": "8884", "protocol": "ws", "basePath": "ws", "username": "ada", "password": "canary",
      "selfSignedCertificate": {"name": "ca.crt", "data": "Q0E="},
      "clientCertificate": {"name": "ada.crt", "data": "Q0VSVA=="}, "clientKey": {"name": "ada.key", "data": "S0VZ"},
      "changeSet": {"unknown": "future"}
    }
  },
  "ConnectionManager_lastSelected": "5f1c",
  "expandInterval": 50
}`

function entriesOf(text: string): readonly Entry[] {
  const transfer = readTransfer(text)
  if (transfer.kind !== 'entries') throw new Error(JSON.stringify(transfer))
  expect(transfer.source).toBe('mqtt-explorer')
  return transfer.entries
}

function usable(entry: Entry | undefined): Candidate {
  if (entry?.kind !== 'usable') throw new Error(JSON.stringify(entry))
  return entry
}

const settings = (connection: object) => JSON.stringify({ ConnectionManager_connections: { a: connection } })

describe('settings of MQTT Explorer', () => {
  it('bring address, user, verification and filters along', () => {
    const [first, second] = entriesOf(SETTINGS).map(usable)
    expect(first).toMatchObject({
      draft: {
        name: 'mqtt.eclipse.org',
        protocol: 'mqtt',
        host: 'mqtt.eclipse.org',
        port: 1883,
        clientId: 'mqtt-explorer-9b1f',
        subscriptions: [{ filter: '#', qos: 0 }, { filter: '$SYS/#', qos: 1 }],
      },
      secrets: {},
      files: {},
      remarks: [],
    })
    expect(second).toMatchObject({
      draft: {
        name: 'Plant',
        protocol: 'wss',
        host: '10.0.0.5',
        port: 8884,
        path: '/ws',
        username: 'ada',
        tls: { verifyCertificate: false, authority: null },
        subscriptions: [{ filter: 'plant/+/temp', qos: 2 }],
      },
      secrets: { password: 'canary' },
      files: {
        authority: { kind: 'bytes', name: 'ca.crt', base64: 'Q0E=' },
        certificate: { kind: 'bytes', name: 'ada.crt', base64: 'Q0VSVA==' },
        key: { kind: 'bytes', name: 'ada.key', base64: 'S0VZ' },
      },
      remarks: [{ code: 'not-verified' }],
    })
  })

  it('without a configVersion have filters as texts', () => {
    const text = settings({ name: 'old', host: 'h', port: 1883, protocol: 'mqtt', subscriptions: ['a/#', '$SYS/#'] })
    expect(usable(entriesOf(text)[0]).draft.subscriptions).toEqual([
      { filter: 'a/#', qos: 0 },
      { filter: '$SYS/#', qos: 0 },
    ])
  })

  it.each([
    [{}, 'host-missing'],
    [{ host: 'a b' }, 'host-unusable'],
    [{ host: 'h', protocol: 'quic' }, 'protocol-unknown'],
    ['text', 'not-a-profile'],
    [null, 'not-a-profile'],
  ])('a connection %j cannot come in: %s', (connection, code) => {
    const text = JSON.stringify({ ConnectionManager_connections: { a: connection } })
    expect(entriesOf(text)).toMatchObject([{ kind: 'unusable', obstacle: { code } }])
  })

  it('with values of the wrong kind come in without them, and say so', () => {
    const { draft, remarks, secrets } = usable(
      entriesOf(
        settings({ name: 7, host: 'h', port: 'eighteen', certValidation: 'no', username: {}, password: [], clientKey: 'x', subscriptions: ['ok', 'a#', 3] }),
      )[0],
    )
    expect(draft).toMatchObject({ name: 'h:1883', port: 1883, username: '', subscriptions: [{ filter: 'ok', qos: 0 }] })
    expect(draft.tls.verifyCertificate).toBe(true)
    expect(secrets).toEqual({})
    expect(remarks).toEqual([
      { code: 'value-unusable', field: 'port' },
      { code: 'filter-unusable', filter: 'a#' },
      { code: 'filter-unusable', filter: '?' },
    ])
  })
})
