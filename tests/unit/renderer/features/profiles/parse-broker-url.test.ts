import { describe, expect, it } from 'vitest'
import { parseBrokerUrl } from '../../../../../src-renderer/features/profiles/parse-broker-url'

const broker = { kind: 'broker', protocol: 'mqtt', host: 'host', port: null, path: null, username: null, password: null }

describe('parseBrokerUrl', () => {
  it.each([
    ['mqtt://host', broker],
    [' tcp://host:1884/ ', { ...broker, port: 1884 }],
    ['ws://host:9001/mqtt?x#y', { ...broker, protocol: 'ws', port: 9001, path: '/mqtt' }],
    ['MQTT://ada:pa%3Ass@host', { ...broker, username: 'ada', password: 'pa:ss' }],
    // Taken as meant, not as the letter of the RFC would have it.
    ['mqtt://ada:p@ss:w%@host', { ...broker, username: 'ada', password: 'p@ss:w%' }],
    ['mqtt://[::1]:1883', { ...broker, host: '::1', port: 1883 }],
    ['mqtts://ada@host:8884', { ...broker, protocol: 'mqtts', port: 8884, username: 'ada' }],
    ['ssl://host', { ...broker, protocol: 'mqtts' }],
    ['wss://host/live', { ...broker, protocol: 'wss', path: '/live' }],
    ['https://host', { kind: 'unsupported', protocol: 'https' }],
  ])('%s', (text, expected) => {
    expect(parseBrokerUrl(text)).toEqual(expected)
  })

  it.each(['', 'host', 'host:1883', '//host', 'a b://host'])('%j is no URL', (text) => {
    expect(parseBrokerUrl(text)).toBeNull()
  })
})
