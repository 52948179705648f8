import { describe, expect, it } from 'vitest'
import { isPrivateHost } from '@shared/profile/profile-defaults'

describe('isPrivateHost', () => {
  it.each([
    ...['localhost', 'LOCALHOST', 'broker.localhost', '127.0.0.1', '127.8.9.10', '::1', '[::1]'],
    ...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.1.1'],
    ...['fd00::1', 'fc00::1', '[fd12:3456::1]', 'fe80::1', 'fe80::1%eth0'],
    ...['mosquitto', 'nas.local', 'Broker.LAN', 'box.home', 'a.internal', 'host.localdomain', 'x.test'],
  ])('%s is private', (host) => {
    expect(isPrivateHost(host)).toBe(true)
  })

  it.each([
    ...['test.mosquitto.org', 'broker.hivemq.com', 'example.com', 'local.example.com', 'localhost.example.com'],
    ...['8.8.8.8', '11.0.0.1', '172.15.0.1', '172.32.0.1', '192.169.0.1', '169.253.0.1', '110.0.0.1'],
    ...['10.0.0.1.example.com', '192.168.example.com', 'mylocal.com', 'evillan.com'],
    ...['2001:db8::1', '[2001:db8::1]', '::2', 'fb00::1', 'fe00::1'],
  ])('%s is public', (host) => {
    expect(isPrivateHost(host)).toBe(false)
  })
})
