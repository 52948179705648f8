import { describe, expect, it } from 'vitest'
import type { GuardedStream } from '../../../../../src-main/engine/wire/guarded-stream'
import { flow } from '../../support/fake-network'
import { bytesOf, CONNACK, guardBench, hexOf, PINGRESP, publish, publishOn, standIn } from '../../support/guard-bench'

describe('a message on an illegal topic', () => {
  it.each([0, 1, 2] as const)('is left out, and QoS %i acknowledged like any other', async (qos) => {
    const { network, intake, passedBytes, errors, listen } = guardBench()
    listen()
    network.arrive(CONNACK, publishOn('a/#', qos, 0x1234), publish('b'))
    await flow()
    expect(intake.topics).toEqual(['b'])
    expect(intake.faults).toEqual(['wildcard'])
    expect(passedBytes()).toBe(hexOf([CONNACK]) + (qos === 0 ? '' : standIn(qos, 0x1234)))
    expect(errors).toEqual([])
  })
})

describe('messages of QoS 2', () => {
  const message = publish('a', { qos: 2, messageId: 7 })
  const pubrel = bytesOf({ cmd: 'pubrel', messageId: 7, reasonCode: 0 })

  it('that are sent again are acknowledged again, but not taken; PUBREL ends that', async () => {
    const { network, intake, received, passedBytes, listen } = guardBench()
    listen()
    network.arrive(CONNACK, message, message)
    await flow()
    expect(intake.topics).toEqual(['a'])
    expect([...received]).toEqual([7])
    network.arrive(pubrel, message)
    await flow()
    expect(intake.topics).toEqual(['a', 'a'])
    expect(passedBytes()).toBe(hexOf([CONNACK]) + standIn(2, 7).repeat(2) + hexOf([pubrel]) + standIn(2, 7))
  })

  it('of a session that is gone are new ones, though they come with the CONNACK that says so', async () => {
    const { network, intake, received, accepted, listen } = guardBench()
    listen()
    received.add(7)
    accepted.mockImplementation(() => received.clear())
    network.arrive(Buffer.concat([CONNACK, message]))
    await flow()
    expect(intake.topics).toEqual(['a'])
    expect([...received]).toEqual([7])
  })
})

describe('CONNACK', () => {
  it.each<[string, Uint8Array, unknown]>([
    ['a session', bytesOf({ cmd: 'connack', reasonCode: 0, sessionPresent: true }), { sessionPresent: true, assignedClientId: null }],
    [
      'a name',
      bytesOf({ cmd: 'connack', reasonCode: 0, sessionPresent: false, properties: { receiveMaximum: 3, assignedClientIdentifier: 'ä' } }),
      { sessionPresent: false, assignedClientId: 'ä' },
    ],
  ])('says what there is of %s', async (_what, bytes, session) => {
    const { network, accepted } = guardBench()
    network.arrive(bytes)
    await flow()
    expect(accepted.mock.calls).toEqual([[session]])
  })

  it('of a refusal begins nothing: no message after it is taken in', async () => {
    const { network, intake, accepted, passedBytes, listen } = guardBench()
    listen()
    const refusal = bytesOf({ cmd: 'connack', reasonCode: 0x87, sessionPresent: false })
    network.arrive(Buffer.concat([refusal, publish('a'), publish('b', { qos: 1, messageId: 1 })]))
    await flow()
    expect(accepted).not.toHaveBeenCalled()
    expect(intake.taken).toEqual([])
    expect(passedBytes()).toBe(hexOf([refusal]))
  })
})

describe('after the last word', () => {
  const messages = [publish('a'), publish('b', { qos: 1, messageId: 1 }), publish('c', { qos: 2, messageId: 2 }), bytesOf({ cmd: 'pubrel', messageId: 3, reasonCode: 0 })]

  it.each<[string, (stream: GuardedStream) => void]>([
    ['was said', (stream) => stream.end(bytesOf({ cmd: 'disconnect' }))],
    ['is being said', (stream) => stream.takeNoMore()],
  ])('%s, no message is taken in nor acknowledged; other packets pass', async (_when, leave) => {
    const { network, stream, intake, received, errors, passedBytes, listen } = guardBench()
    listen()
    network.arrive(CONNACK)
    await flow()
    received.add(3)
    leave(stream)
    await flow()
    network.arrive(Buffer.concat([...messages, PINGRESP]))
    await flow()
    expect(intake.taken).toEqual([])
    expect([...received]).toEqual([3])
    expect(passedBytes()).toBe(hexOf([CONNACK, PINGRESP]))
    expect(errors).toEqual([])
  })

  it('of the server nothing is a message any more [MQTT-3.14.4-1]', async () => {
    const { network, intake, passedBytes, listen } = guardBench()
    listen()
    const disconnect = bytesOf({ cmd: 'disconnect', reasonCode: 0x8b })
    network.arrive(CONNACK, Buffer.concat([publish('before'), disconnect, ...messages]))
    await flow()
    expect(intake.topics).toEqual(['before'])
    expect(passedBytes()).toBe(hexOf([CONNACK, disconnect]))
  })

  it('nothing begins: who left before CONNACK takes no message', async () => {
    const { network, stream, intake, accepted, listen } = guardBench()
    listen()
    stream.takeNoMore()
    network.arrive(CONNACK, publish('a'))
    await flow()
    expect(accepted).not.toHaveBeenCalled()
    expect(intake.taken).toEqual([])
  })

  it('nothing is taken in once the stream is destroyed', async () => {
    const { network, stream, intake } = guardBench()
    stream.on('data', () => stream.destroy())
    await flow()
    network.arrive(CONNACK)
    network.arrive(publish('a'))
    await flow()
    expect(intake.taken).toEqual([])
  })
})
