// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Disconnect } from '@shared/packets/disconnect'
import { useDisconnectText } from '../../../../../src-renderer/features/packets/disconnect-text'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

let say: (disconnect: Disconnect) => string = () => ''
mount({ setup: () => ((say = useDisconnectText()), () => null) }, { global: { plugins: [i18n] } })

const PUBLISH: NonNullable<Disconnect['lastSent']> = { name: 'PUBLISH', topic: 'a/b', bytes: 300_012, agoMs: 3, isNewest: true, breach: null }

describe('the end of a connection in one sentence', () => {
  it.each<[Partial<Disconnect> & Pick<Disconnect, 'cause'>, string]>([
    [{ cause: { kind: 'user' } }, 'You disconnected, 12 s after CONNACK.'],
    [
      { cause: { kind: 'broker-disconnect', reasonCode: 0x8e, brokerReason: null } },
      'The broker ended the connection with DISCONNECT 0x8E Session taken over, 12 s after CONNACK.',
    ],
    [
      { cause: { kind: 'broker-disconnect', reasonCode: 0x8b, brokerReason: 'bye' }, onlineMs: null },
      'The broker ended the connection with DISCONNECT 0x8B Server shutting down; it says “bye”.',
    ],
    [
      { cause: { kind: 'broker-disconnect', reasonCode: 0x95, brokerReason: null }, onlineMs: null, lastSent: { ...PUBLISH, breach: { kind: 'maximum-packet-size', limit: 268_435 } } },
      'The broker ended the connection with DISCONNECT 0x95 Packet too large, 3 ms after our PUBLISH to a/b of 300,012 bytes; its maximum packet size is 268,435 bytes.',
    ],
    [
      { cause: { kind: 'refused', reasonCode: 0x87, brokerReason: null }, onlineMs: null },
      'The broker refused the connection with CONNACK 0x87 Not authorized.',
    ],
    [
      { cause: { kind: 'closed' }, lastSent: { ...PUBLISH, breach: { kind: 'maximum-packet-size', limit: 268_435 } } },
      'The broker closed the network connection 3 ms after our PUBLISH to a/b of 300,012 bytes; its maximum packet size is 268,435 bytes.',
    ],
    [
      { cause: { kind: 'closed' }, lastSent: { ...PUBLISH, breach: { kind: 'retain' } } },
      'The broker closed the network connection 3 ms after our PUBLISH to a/b of 300,012 bytes; it does not take retained messages.',
    ],
    [{ cause: { kind: 'closed' }, lastSent: PUBLISH }, 'The broker closed the network connection 3 ms after our PUBLISH to a/b of 300,012 bytes.'],
    [
      { cause: { kind: 'closed' }, lastSent: { ...PUBLISH, isNewest: false, agoMs: 9_000 } },
      'The broker closed the network connection, 12 s after CONNACK, without a DISCONNECT; last packet sent: PUBLISH to a/b of 300,012 bytes, 9.0 s before.',
    ],
    [{ cause: { kind: 'closed' } }, 'The broker closed the network connection, 12 s after CONNACK, without a DISCONNECT.'],
    [
      { cause: { kind: 'no-pingresp', waitedMs: 90_000, keepAliveSeconds: 60 } },
      'No PINGRESP within 1 min of our PINGREQ (keep alive 60 s), so Pubscope ended the connection, 12 s after CONNACK.',
    ],
    [
      { cause: { kind: 'no-pingresp', waitedMs: null, keepAliveSeconds: null }, onlineMs: null },
      'Pubscope ended the connection, because a PINGREQ had no answer.',
    ],
    [{ cause: { kind: 'no-connack' } }, 'The network connection was open, but CONNECT had no answer in time.'],
    [{ cause: { kind: 'no-client-id', version: 'MQTT 3.1.1' } }, 'Nothing was sent: MQTT 3.1.1 needs a client ID here.'],
    [{ cause: { kind: 'not-opened', detail: 'connect ECONNREFUSED' } }, 'No network connection came about: connect ECONNREFUSED'],
    [
      { cause: { kind: 'violation', what: 'PUBLISH with QoS 3 [MQTT-3.3.1-4]' }, onlineMs: null },
      'Pubscope ended the connection, because the broker broke the protocol: PUBLISH with QoS 3 [MQTT-3.3.1-4]',
    ],
    [
      { cause: { kind: 'broken', detail: 'read ECONNRESET' }, lastSent: { ...PUBLISH, topic: null, name: 'PINGREQ', bytes: 2 } },
      'The network connection broke, 12 s after CONNACK: read ECONNRESET; last packet sent: PINGREQ of 2 bytes, 3 ms before.',
    ],
  ])('%#', (disconnect, sentence) => {
    expect(say({ atMs: 0, onlineMs: 12_000, lastSent: null, ...disconnect })).toBe(sentence)
  })
})
