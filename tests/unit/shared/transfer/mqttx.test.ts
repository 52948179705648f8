import { describe, expect, it } from 'vitest'
import type { Candidate, Entry } from '@shared/transfer/candidate'
import { readTransfer } from '@shared/transfer/read-transfer'

/** An export of MQTTX 1.9, cut to one of each kind of value. */
const EXPORT = `[
  {
    "clientId": "mqttx_0c668d0d", "name": "Plant", "clean": false, "protocol": "mqtts", "host": "broker.plant.example", "keepalive": 30,
    "connectTimeout": 12, "reconnect": true, "reconnectPeriod": 4000, "username": "ada", "password": "canary", "path": "/mqtt", "port": 8883,
    "ssl": true, "certType": "self", "rejectUnauthorized": false, "ALPNProtocols": "x-amzn-mqtt-ca, mqtt",
    "ca": "/certs/ca.pem", "cert": "/certs/ada.pem", "key": "/certs/ada.key", "mqttVersion": "5.0",
    "unreadMessageCount": 0, "clientIdWithTime": false, "id": "b9d4", "createAt": "2023-05-04 10:00:00", "isCollection": 0, "orderId": 0, "parentId": null,
    "messages": [], "pushProps": {},
    "subscriptions": [
      {"id": "1", "topic": "plant/#", "qos": 1, "alias": "all", "retain": false, "color": "#34C388", "createAt": "2023", "nl": true, "rap": true, "rh": 2, "subscriptionIdentifier": 7},
      {"id": "2", "topic": "$share/g/a", "qos": 0, "nl": false, "rap": false, "rh": 0, "subscriptionIdentifier": null},
      {"id": "3", "topic": "off", "qos": 0, "disabled": true}
    ],
    "will": {
      "id": "w", "lastWillTopic": "plant/gone", "lastWillPayload": "bye ü", "lastWillQos": 1, "lastWillRetain": true,
      "properties": {"willDelayInterval": 5, "payloadFormatIndicator": true, "messageExpiryInterval": 60, "contentType": "text/plain",
        "responseTopic": "r", "correlationData": "c", "userProperties": {"a": "1"}}
    },
    "properties": {"sessionExpiryInterval": 3600, "receiveMaximum": 20, "maximumPacketSize": 100000, "topicAliasMaximum": 10,
      "requestResponseInformation": true, "requestProblemInformation": false, "userProperties": {"site": "hh", "tag": ["x", "y"]},
      "authenticationMethod": "", "authenticationData": null}
  },
  {
    "clientId": "", "name": "Web", "clean": true, "protocol": "ws", "host": "h", "keepalive": 60, "connectTimeout": 10, "reconnectPeriod": 1000,
    "username": "", "password": "", "path": "mqtt", "port": 8083, "ssl": false, "certType": "", "rejectUnauthorized": true, "ca": "", "cert": "", "key": "",
    "mqttVersion": "3.1.1", "subscriptions": [], "will": {"lastWillTopic": "", "lastWillPayload": "", "lastWillQos": 0, "lastWillRetain": false}, "properties": {}
  }
]`

function usable(text: string): Candidate[] {
  const transfer = readTransfer(text)
  if (transfer.kind !== 'entries') throw new Error(JSON.stringify(transfer))
  expect(transfer.source).toBe('mqttx')
  return transfer.entries.map((entry: Entry) => {
    if (entry.kind !== 'usable') throw new Error(JSON.stringify(entry))
    return entry
  })
}

const one = (connection: object) => usable(JSON.stringify({ clientId: 'c', host: 'h', port: 1883, mqttVersion: '5.0', ...connection }))[0]

describe('an export of MQTTX', () => {
  it('brings everything along that a profile can say', () => {
    const [plant] = usable(EXPORT)
    expect(plant?.draft).toMatchObject({
      name: 'Plant',
      protocol: 'mqtts',
      host: 'broker.plant.example',
      port: 8883,
      mqttVersion: '5.0',
      clientId: 'mqttx_0c668d0d',
      username: 'ada',
      cleanStart: false,
      keepaliveSeconds: 30,
      connectTimeoutSeconds: 12,
      maximumPacketBytes: 100_000,
      tls: { verifyCertificate: false, alpnProtocols: ['x-amzn-mqtt-ca', 'mqtt'] },
      connectOptions: {
        sessionExpirySeconds: 3_600,
        receiveMaximum: 20,
        topicAliasMaximum: 10,
        requestResponseInformation: true,
        requestProblemInformation: false,
        userProperties: [
          { name: 'site', value: 'hh' },
          { name: 'tag', value: 'x' },
          { name: 'tag', value: 'y' },
        ],
      },
      subscriptions: [
        { filter: 'plant/#', qos: 1, options: { noLocal: true, retainAsPublished: true, retainHandling: 2, identifier: 7 } },
        { filter: '$share/g/a', qos: 0 },
      ],
      will: {
        topic: 'plant/gone',
        payloadBase64: Buffer.from('bye ü').toString('base64'),
        qos: 1,
        retain: true,
        delaySeconds: 5,
        payloadIsUtf8: true,
        messageExpirySeconds: 60,
        contentType: 'text/plain',
        responseTopic: 'r',
        correlationDataBase64: Buffer.from('c').toString('base64'),
        userProperties: [{ name: 'a', value: '1' }],
      },
    })
    expect(plant?.secrets).toEqual({ password: 'canary' })
    expect(plant?.files).toEqual({
      authority: { kind: 'path', path: '/certs/ca.pem' },
      certificate: { kind: 'path', path: '/certs/ada.pem' },
      key: { kind: 'path', path: '/certs/ada.key' },
    })
    expect(plant?.remarks).toEqual([{ code: 'filter-disabled', filter: 'off' }, { code: 'not-verified' }])
  })

  it('knows WebSocket, no will and no password', () => {
    const [, web] = usable(EXPORT)
    expect(web).toMatchObject({
      draft: { protocol: 'ws', path: '/mqtt', mqttVersion: '3.1.1', will: null, subscriptions: [], tls: { verifyCertificate: true } },
      secrets: {},
      files: {},
      remarks: [{ code: 'retry-period' }],
    })
  })

  it('may be one object, and of an older version with a flag for TLS', () => {
    expect(one({ protocol: 'mqtt', ssl: true })?.draft.protocol).toBe('mqtts')
    expect(one({ protocol: 'ws', ssl: true })?.draft.protocol).toBe('wss')
    expect(one({ mqttVersion: '3.1' })?.draft.mqttVersion).toBe('3.1')
    expect(one({ protocol: 'wss://' })?.draft.protocol).toBe('wss')
  })

  it.each([
    [{ keepalive: -1 }, { code: 'value-unusable', field: 'keepaliveSeconds' }],
    [{ mqttVersion: '4' }, { code: 'value-unusable', field: 'mqttVersion' }],
    [{ properties: { receiveMaximum: 'x' } }, { code: 'value-unusable', field: 'connectOptions.receiveMaximum' }],
    [{ properties: { authenticationData: 'x' } }, { code: 'authentication-data' }],
    [{ will: { lastWillTopic: 'a/#', lastWillPayload: '' } }, { code: 'value-unusable', field: 'will.topic' }],
    [{ subscriptions: [{ topic: 'a', qos: 3 }] }, { code: 'filter-unusable', filter: 'a' }],
    [{ subscriptions: [{ topic: 'a', qos: 0, rh: 9 }] }, { code: 'filter-unusable', filter: 'a' }],
  ])('%j is remarked on', (connection, remark) => {
    expect(one(connection)?.remarks).toContainEqual(remark)
  })
})
