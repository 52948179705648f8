import { connect, createServer, type Socket } from 'node:net'

/** A network line to a broker, on which what the broker says can get lost. */
export interface BadLine {
  readonly port: number
  /** Whether something was swallowed. */
  readonly isDead: boolean
  /** Lets this many bytes more through to the client; then connections are dead to their end, new ones too until `repair`. */
  muteAfter(bytes: number): void
  repair(): void
  close(): Promise<void>
}

/** Starts a line to a port of this machine. */
export async function startBadLine(targetPort: number): Promise<BadLine> {
  let allowance = Number.POSITIVE_INFINITY
  let isDead = false
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const broker = connect(targetPort, '127.0.0.1')
    for (const [end, other] of [[client, broker], [broker, client]] as const) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        other.destroy()
      })
    }
    client.on('data', (bytes) => broker.write(bytes))
    let isMute = false
    broker.on('data', (bytes) => {
      if (isMute) return
      const heard = bytes.subarray(0, Math.min(allowance, bytes.byteLength))
      isMute = heard.byteLength < bytes.byteLength
      isDead ||= isMute
      allowance -= heard.byteLength
      if (heard.byteLength > 0) client.write(heard)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    port: address.port,
    get isDead() {
      return isDead
    },
    muteAfter: (bytes) => (allowance = bytes),
    repair() {
      allowance = Number.POSITIVE_INFINITY
      isDead = false
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
