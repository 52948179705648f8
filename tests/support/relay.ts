import { connect, createServer, type Socket } from 'node:net'

/** A piece of network between a client and a broker that can be cut, or go dead in the direction of the client. */
export interface Relay {
  readonly port: number
  /** Whether something of the broker was swallowed. */
  readonly isDead: boolean
  /** Breaks every connection there is, without a word to either side; new ones are let through. */
  cut(): void
  /** Lets this many bytes more through to the client; then connections are dead to their end, new ones too until `repair`. */
  muteAfter(bytes: number): void
  repair(): void
  close(): Promise<void>
}

/** Passes all bytes on to a port of this machine. */
export async function startRelay(targetPort: number): Promise<Relay> {
  const open = new Set<Socket>()
  let allowance = Number.POSITIVE_INFINITY
  let isDead = false

  function passOn(far: Socket, near: Socket): void {
    let isMute = false
    far.on('data', (bytes) => {
      if (isMute) return
      const heard = bytes.subarray(0, Math.min(allowance, bytes.byteLength))
      isMute = heard.byteLength < bytes.byteLength
      isDead ||= isMute
      allowance -= heard.byteLength
      if (heard.byteLength > 0) near.write(heard)
    })
    far.on('end', () => near.end())
  }

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    near.pipe(far)
    passOn(far, near)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy()
  }
  return {
    port: address.port,
    get isDead() {
      return isDead
    },
    cut,
    muteAfter: (bytes) => (allowance = bytes),
    repair() {
      allowance = Number.POSITIVE_INFINITY
      isDead = false
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      cut()
      await closed
    },
  }
}
