import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { DeferredStream } from '../../../../../src-main/engine/connection/deferred-stream'
import { waitUntil } from '../../../../support/wait-until'
import { FakeNetwork, flow } from '../../support/fake-network'

function setUp({ eager = true } = {}) {
  const network = new FakeNetwork({ eager })
  let open: (network: Duplex) => void = () => undefined
  let fail: (error: Error) => void = () => undefined
  const opening = new Promise<Duplex>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  const heard: string[] = []
  let signal: AbortSignal | undefined
  const stream = new DeferredStream((given) => {
    signal = given
    given.addEventListener('abort', () => fail(new Error('called off')))
    return opening
  })
  stream.on('error', ({ message }) => heard.push(`error ${message}`))
  stream.on('end', () => heard.push('end'))
  stream.on('close', () => heard.push('close'))
  return { network, stream, heard, signal: () => signal, open: () => open(network), fail }
}

describe('while it opens', () => {
  it('holds what is written, in order', async () => {
    const { network, stream, open } = setUp()
    stream.write('a')
    stream.write('b')
    await flow()
    expect(network.sentBytes).toBe('')
    open()
    await flow()
    expect(Buffer.concat(network.sent).toString()).toBe('ab')
  })

  it('fails as the opening does', async () => {
    const { stream, heard, fail } = setUp()
    stream.write('a')
    fail(new Error('refused'))
    await flow()
    expect(heard).toEqual(['error refused', 'close'])
  })

  it('is called off without an error', async () => {
    const { stream, heard, signal } = setUp()
    stream.destroy()
    await flow()
    expect(signal()?.aborted).toBe(true)
    expect(heard).toEqual(['close'])
  })

  it('is called off with the error it is given', async () => {
    const { stream, heard } = setUp()
    await flow()
    stream.destroy(new Error('too late'))
    await flow()
    expect(heard).toEqual(['error too late', 'close'])
  })

  it('closes what was opened all the same', async () => {
    const { network, stream, open } = setUp()
    open()
    stream.destroy()
    await flow()
    expect(network.destroyed).toBe(true)
  })
})

describe('once it is open', () => {
  it('hands on what arrives, no faster than it is read', async () => {
    const { network, stream, open } = setUp()
    open()
    await flow()
    for (let count = 0; count < 100; count += 1) network.arrive(Buffer.alloc(1_000))
    await flow()
    expect(network.isPaused()).toBe(true)
    let bytes = 0
    stream.on('data', (chunk: Buffer) => (bytes += chunk.length))
    await waitUntil(() => bytes === 100_000, { what: () => `all bytes; ${bytes} came` })
    expect(bytes).toBe(100_000)
  })

  it('writes no faster than the network takes it', async () => {
    const { network, stream, open } = setUp({ eager: false })
    open()
    await flow()
    let written = 0
    for (const text of ['a', 'b']) stream.write(text, () => (written += 1))
    await flow()
    expect([written, network.sent.length]).toEqual([0, 1])
    network.letThrough()
    await flow()
    expect([written, network.sent.length]).toEqual([1, 2])
  })

  it('ends as the network does, and the network as it does', async () => {
    const one = setUp()
    one.open()
    one.stream.resume()
    await flow()
    one.network.hangUp()
    await flow()
    expect(one.heard).toEqual(['end', 'close'])
    const two = setUp()
    two.open()
    two.stream.end('bye')
    await flow()
    expect([two.network.sent.toString(), two.network.finals]).toEqual(['bye', 1])
  })

  it('says what the network says of how it is connected', async () => {
    const { network, stream, heard, open } = setUp()
    for (const event of ['connect', 'secureConnect']) stream.on(event, () => heard.push(event))
    open()
    await flow()
    expect(heard).toEqual([])
    network.emit('connect')
    network.emit('secureConnect')
    expect(heard).toEqual(['connect', 'secureConnect'])
  })

  it('fails as the network does', async () => {
    const { network, heard, open } = setUp()
    open()
    await flow()
    network.destroy(new Error('reset'))
    await flow()
    expect(heard).toEqual(['error reset', 'close'])
  })
})
