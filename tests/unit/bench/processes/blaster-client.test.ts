import { Duplex } from 'node:stream'
import { generate, parser, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { BlasterClient } from '../../../bench/processes/blaster-client'
import { encodeCycle, framingOf } from '../../../bench/traffic/publish-stream'

const TOPICS = 50

/** A client whose socket takes everything. */
function blastedClient() {
  const flood: Buffer[] = []
  const answers: Packet[] = []
  const subscribed: BlasterClient[] = []
  const socket = new Duplex({ read: () => undefined, write: (chunk: Buffer, _encoding, done) => (flood.push(chunk), done()) })
  const reader = parser({ protocolVersion: 5 })
  reader.on('packet', (packet) => answers.push(packet))
  const client = new BlasterClient(socket, (bytes) => reader.parse(bytes), (one) => subscribed.push(one))
  return { client, answers, subscribed, socket, sent: () => Buffer.concat(flood) }
}

const cycle = (round: number) => encodeCycle({ shape: 'fleet', topics: TOPICS }, 4, framingOf('tcp'), round)

describe('BlasterClient', () => {
  it('answers what a client waits for', () => {
    const { client, answers, subscribed } = blastedClient()
    client.hear(generate({ cmd: 'connect', clientId: 'a', protocolVersion: 5, keepalive: 60, clean: true }))
    client.hear(generate({ cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: '#', qos: 0 }, { topic: 'b', qos: 1 }] }, { protocolVersion: 5 }))
    client.hear(generate({ cmd: 'pingreq' }))
    expect(answers).toMatchObject([
      { cmd: 'connack', reasonCode: 0 },
      { cmd: 'suback', messageId: 7, granted: [0, 0] },
      { cmd: 'pingresp' },
    ])
    expect(subscribed).toEqual([client])
    expect(client.protocolLevel).toBe(5)
  })

  it('sends just so many messages, and goes on where it stopped, each round by itself', async () => {
    const { client, sent } = blastedClient()
    await client.blast(cycle(0), { client: 0, messages: 120, perSecond: null, round: 0 })
    await client.blast(cycle(1), { client: 0, messages: 50, perSecond: null, round: 1 })
    await client.blast(cycle(0), { client: 0, messages: 30, perSecond: null, round: 0 })
    const [first, second] = [cycle(0).bytes, cycle(1).bytes]
    const twenty = cycle(0).unitBytes * 20
    expect(sent().equals(Buffer.concat([first, first, first.subarray(0, twenty), second, first.subarray(twenty)]))).toBe(true)
  })

  it('keeps a pace', async () => {
    const { client, sent } = blastedClient()
    const startedAtMs = performance.now()
    await client.blast(cycle(0), { client: 0, messages: 500, perSecond: 5_000, round: 0 })
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(99)
    expect(sent().length).toBe(500 * cycle(0).unitBytes)
  })

  it('says when the client has gone', async () => {
    const { client, socket } = blastedClient()
    socket.destroy()
    await expect(client.blast(cycle(0), { client: 0, messages: 50, perSecond: null, round: 0 })).rejects.toThrow()
  })
})
