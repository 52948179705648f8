import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { describe, expect, it } from 'vitest'
import { useBrokerBench } from '../support/broker-bench'
import { freePort } from '../support/free-port'
import { startMosquitto } from '../support/mosquitto'
import { mosquittoPub } from '../support/mosquitto-clients'
import { waitUntil } from '../support/wait-until'

const bench = useBrokerBench()
function client(port: number, options: IClientOptions = {}): MqttClient {
  const made = mqtt.connect({ host: '127.0.0.1', port, protocolVersion: 5, reconnectPeriod: 0, ...options })
  made.on('error', () => undefined)
  bench.atEnd(() => made.endAsync(true))
  return made
}

describe('startMosquitto', () => {
  it('carries exact bytes from one client to another', async () => {
    const { port } = await bench.mosquitto()
    const subscriber = await bench.subscriber({ port, topic: ['#'], qos: 2 })
    const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    await mosquittoPub({ port, topic: 'a//b with space', payload: allBytes, qos: 1 })
    await mosquittoPub({ port, topic: 'ü/😀', payload: 'Grüße\n', qos: 2, retain: true })
    await subscriber.waitForCount(2)
    await mosquittoPub({ port, topic: '/' })
    expect(await subscriber.waitForCount(3)).toEqual([
      { topic: 'a//b with space', payload: Buffer.from(allBytes), qos: 1, retain: false },
      { topic: 'ü/😀', payload: Buffer.from('Grüße\n'), qos: 2, retain: false },
      { topic: '/', payload: Buffer.alloc(0), qos: 0, retain: false },
    ])
    const late = await bench.subscriber({ port, topic: 'ü/#', mqttVersion: '3.1.1' })
    expect(await late.waitFor(({ retain }) => retain)).toMatchObject({ topic: 'ü/😀' })
  })

  it('says in time that a message did not come', async () => {
    const { port } = await bench.mosquitto()
    const subscriber = await bench.subscriber({ port, topic: 'a' })
    await expect(subscriber.waitFor(() => true, 50)).rejects.toThrow(/Waited 50 ms in vain for a message; 0 received/)
  })

  it('knows users and access rights', async () => {
    const { port } = await bench.mosquitto({
      users: { anna: 'pass word', ben: 'other' },
      acl: 'user anna\ntopic readwrite #\nuser ben\ntopic read open/#',
    })
    const anna = { port, username: 'anna', password: 'pass word' }
    const subscriber = await bench.subscriber({ ...anna, topic: '#' })
    await mosquittoPub({ ...anna, topic: 'closed/a', payload: 'x', qos: 1 })
    await subscriber.waitFor(({ topic }) => topic === 'closed/a')
    await expect(mosquittoPub({ port, topic: 'closed/a', payload: 'x' })).rejects.toThrow(/mosquitto_pub ended/)
    await expect(mosquittoPub({ ...anna, password: 'wrong', topic: 'a', payload: 'x' })).rejects.toThrow(/mosquitto_pub ended/)
  })

  it('dies, comes back on the same port, and is gone at the end, files too', async () => {
    const broker = await bench.mosquitto()
    const { port } = broker
    await broker.kill()
    await expect(mosquittoPub({ port, topic: 'a', payload: 'x' })).rejects.toThrow(/mosquitto_pub ended/)
    await broker.restart()
    await mosquittoPub({ port, topic: 'a', payload: 'x' })
    await broker.restart()
    await mosquittoPub({ port, topic: 'a', payload: 'x' })
    expect(broker.log().match(/ running/g)).toHaveLength(3)
    expect(existsSync(broker.configDir)).toBe(true)
    await broker.stop()
    expect(existsSync(broker.configDir)).toBe(false)
    await expect(mosquittoPub({ port, topic: 'a', payload: 'x' })).rejects.toThrow(/mosquitto_pub ended/)
  })

  it('listens where it is told to, for WebSocket too', async () => {
    const port = await freePort()
    const broker = await bench.mosquitto({ port, webSocket: true })
    expect(broker.port).toBe(port)
    const overWebSocket = mqtt.connect(broker.wsUrl ?? '', { reconnectPeriod: 0 })
    bench.atEnd(() => overWebSocket.endAsync(true))
    await waitUntil(() => overWebSocket.connected, { what: 'the WebSocket client to connect' })
    await expect(startMosquitto({ port })).rejects.toThrow(/Address already in use/)
  })

  it('says what is wrong with a configuration', async () => {
    await expect(startMosquitto({ extraConfig: 'no_such_option 1' })).rejects.toThrow(/Unknown configuration variable/)
  })
})

describe('startRawBroker', () => {
  it('accepts, subscribes, and carries all qualities of service both ways', async () => {
    const broker = await bench.rawBroker()
    for (const protocolVersion of [4, 5] as const) {
      const subject = client(broker.port, { protocolVersion })
      const heard: string[] = []
      subject.on('message', (topic) => heard.push(topic))
      expect(await subject.subscribeAsync('a/#', { qos: 1 })).toMatchObject([{ topic: 'a/#', qos: 1 }])
      for (const qos of [0, 1, 2] as const) await subject.publishAsync('out', 'x', { qos })
      const peer = await waitUntil(() => broker.clients.at(-1), { what: 'the client' })
      peer.publish('a/0', 'x')
      peer.publish('a/2', Buffer.of(0, 255), { qos: 2, messageId: 7 })
      await waitUntil(() => heard.length === 2, { what: 'two messages' })
      await waitUntil(() => peer.packets.some(({ cmd }) => cmd === 'pubcomp'), { what: 'PUBCOMP' })
      expect(peer.connect.protocolVersion).toBe(protocolVersion)
      expect(peer.packets.filter(({ cmd }) => cmd === 'publish')).toHaveLength(3)
      await subject.unsubscribeAsync('a/#')
      await subject.endAsync()
    }
    expect(broker.connects).toHaveLength(2)
  })

  it('refuses connections with any code, in the words of either version', async () => {
    const broker = await bench.rawBroker({ onConnect: { kind: 'refuse', code: 0x8a, reasonString: 'go away' } })
    const refusal = async (options?: IClientOptions) => {
      const subject = client(broker.port, options)
      return await new Promise((resolve) => subject.once('error', resolve))
    }
    expect(await refusal()).toMatchObject({ code: 0x8a })
    broker.behave({ onConnect: { kind: 'refuse', code: 1, as: '3.1.1' } })
    expect(await refusal()).toMatchObject({ code: 1 })
    broker.behave({ onConnect: (_connect, attempt) => (attempt === 3 ? { kind: 'refuse', code: 5 } : { kind: 'accept' }) })
    expect(await refusal({ protocolVersion: 4 })).toMatchObject({ code: 5 })
    const accepted = client(broker.port)
    await waitUntil(() => accepted.connected, { what: 'the fourth attempt' })
  })

  it('refuses subscriptions and publishes, stays silent, and ends sessions with a reason', async () => {
    const broker = await bench.rawBroker({ onSubscribe: () => [0x87], onPublish: () => 0x97 })
    const subject = client(broker.port)
    await expect(subject.subscribeAsync('a')).rejects.toThrow()
    await expect(subject.publishAsync('a', 'x', { qos: 1 })).rejects.toThrow(/Quota exceeded/i)
    const reason = new Promise((resolve) => subject.once('disconnect', ({ reasonCode }) => { resolve(reasonCode) }))
    broker.clients[0]?.disconnect(0x8e, { reasonString: 'another one' })
    expect(await reason).toBe(0x8e)
    await waitUntil(() => broker.clients[0]?.isConnected() === false, { what: 'the end of the connection' })
  })

  it('hangs up, cuts off, stays silent or talks HTTP', async () => {
    const broker = await bench.rawBroker()
    const firstByte = (socket: Socket) => new Promise((resolve) => socket.once('data', resolve))
    const connectPacket = Buffer.from('100c00044d5154540402003c0000', 'hex')
    const talk = async () => {
      const socket = connect(broker.port, '127.0.0.1')
      bench.atEnd(async () => { socket.destroy() })
      const ending = new Promise<string>((resolve) => {
        socket.once('end', () => { resolve('end') })
        socket.once('error', (error) => { resolve((error as NodeJS.ErrnoException).code ?? 'error') })
      })
      const attempts = broker.connects.length
      socket.write(connectPacket)
      await waitUntil(() => broker.connects.length === attempts + 1, { what: 'the CONNECT' })
      return { socket, ending }
    }
    broker.behave({ onConnect: { kind: 'close' } })
    expect(await (await talk()).ending).toBe('end')
    broker.behave({ onConnect: { kind: 'reset' } })
    expect(await (await talk()).ending).toBe('ECONNRESET')
    broker.behave({ onConnect: { kind: 'bytes', bytes: 'HTTP/1.1 400 Bad Request\r\n\r\n', thenClose: true } })
    const { socket } = await talk()
    expect(String(await firstByte(socket))).toMatch(/^HTTP/)
    broker.behave({ onConnect: { kind: 'silent' } })
    const silent = await talk()
    await broker.close()
    expect(['end', 'ECONNRESET']).toContain(await silent.ending)
    expect(broker.sockets).toBe(4)
  })
})
