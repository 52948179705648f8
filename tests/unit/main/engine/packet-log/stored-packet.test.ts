import { generate, type IConnectPacket, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { readPacket } from '../../../../../src-main/engine/packet-log/read-packet'
import { storedPacket } from '../../../../../src-main/engine/packet-log/stored-packet'

const CANARY = 'canary-in-the-mine'
const NAMELESS: IConnectPacket = { cmd: 'connect', protocolId: 'MQTT', clientId: 'c', clean: true, keepalive: 0, username: 'ada' }
const CONNECT: IConnectPacket = { ...NAMELESS, password: Buffer.from(CANARY) }
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('secrets', () => {
  it.each([4, 5] as const)('the password of CONNECT is nowhere, MQTT version %i', (version) => {
    const packet = generate({ ...CONNECT, protocolVersion: version, will: { topic: 'w', payload: Buffer.alloc(500, 'w'), qos: 0, retain: false } }, { protocolVersion: version })
    for (const whole of [true, false]) {
      const { stored } = storedPacket(packet, version, whole)
      expect(textOf(stored)).not.toContain(CANARY)
      expect(textOf(stored)).toContain('ada')
      expect(textOf(stored)).toMatch(/\*{18}$/)
    }
    // The packet itself goes on to the broker.
    expect(textOf(packet)).toContain(CANARY)
  })

  it('nor is authentication data, in CONNECT, CONNACK and AUTH', () => {
    const properties = { authenticationMethod: 'PLAIN-ISH', authenticationData: Buffer.from(CANARY) }
    const packets: Packet[] = [
      { ...NAMELESS, protocolVersion: 5, properties },
      { cmd: 'connack', sessionPresent: false, reasonCode: 0, properties },
      { cmd: 'auth', reasonCode: 0x18, properties },
    ]
    for (const packet of packets) {
      const { stored } = storedPacket(generate(packet, { protocolVersion: 5 }), 5, true)
      expect(textOf(stored)).not.toContain(CANARY)
      expect(textOf(stored)).toContain('PLAIN-ISH')
    }
  })

  it('of a CONNECT or AUTH that cannot be read, what may be a secret is not kept', () => {
    const packet = generate({ ...CONNECT, protocolVersion: 4 }, { protocolVersion: 4 })
    for (let length = packet.length - CANARY.length; length < packet.length; length += 1) {
      expect(textOf(storedPacket(packet.subarray(0, length), 4, true).stored)).not.toContain('canary')
    }
    for (let at = 0; at < packet.length - CANARY.length; at += 1) {
      const broken = Buffer.from(packet)
      broken.writeUInt8(0xff, at)
      const kept = storedPacket(broken, 4, true)
      if (kept.type === 1) expect(textOf(kept.stored), `byte ${at}`).not.toContain(CANARY)
    }
  })
})

describe('payloads', () => {
  const publish = (bytes: number) => generate({ cmd: 'publish', topic: 'a/b', payload: Buffer.alloc(bytes, 'p'), qos: 1, messageId: 1, retain: false, dup: false }, { protocolVersion: 5 })

  it('are cut after 64 bytes, unless they are asked for', () => {
    const cut = storedPacket(publish(1_000), 5, false)
    expect(textOf(cut.stored).match(/p+$/)?.[0]).toHaveLength(64)
    expect(cut).toMatchObject({ bytes: publish(1_000).length, cut: { bytes: 936 } })
    expect(storedPacket(publish(1_000), 5, true)).toMatchObject({ cut: null, stored: publish(1_000) })
    expect(storedPacket(publish(64), 5, false).cut).toBeNull()
  })

  it('are never kept beyond 256 KiB', () => {
    const { stored, cut, bytes } = storedPacket(publish(1_000_000), 5, true)
    expect(stored.length).toBe(256 * 1024)
    expect(cut?.bytes).toBe(bytes - stored.length)
  })

  it('of a will are cut like any other, and what follows is still read', () => {
    const will = { topic: 'w', payload: Buffer.alloc(500, 'w'), qos: 0 as const, retain: false }
    const reading = readPacket(storedPacket(generate({ ...CONNECT, protocolVersion: 5, will }, { protocolVersion: 5 }), 5, false))
    expect(reading.fields.find(({ name }) => name === 'Will Payload')?.value).toMatch(/^500 bytes · 64 of them kept · w+$/)
    expect(reading.fields.find(({ name }) => name === 'User Name')?.value).toBe('ada')
    expect(reading.fault).toBeNull()
  })

  it('are copies: what becomes of the network’s buffer does not matter', () => {
    const packet = publish(10)
    const { stored } = storedPacket(packet, 5, true)
    packet.fill(0)
    expect(textOf(stored)).toContain('pppp')
  })
})
