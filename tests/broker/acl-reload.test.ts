import { afterEach, describe, expect, it } from 'vitest'
import { encodeAclText } from '@shared/acl/file-bytes'
import { startAclBroker, type AclBroker } from '../support/acl-broker'
import { connectAclClient } from '../support/acl-client'
import { waitUntil } from '../support/wait-until'

const NOT_AUTHORISED = 0x87
const FILE = 'user alice\ntopic write a\n'

let broker: AclBroker | null = null
afterEach(async () => {
  await broker?.stop()
  broker = null
})

async function start(): Promise<AclBroker> {
  const started = await startAclBroker(encodeAclText(FILE))
  if ('refusedWith' in started) throw new Error(started.refusedWith)
  broker = started
  return started
}

/** Whether somebody whom the file does not know may write, asked over a new connection. */
async function mayWrite(socket: string, username: string, topic: string): Promise<boolean> {
  const client = await connectAclClient(socket, `asks for ${topic}`, username)
  try {
    return (await client.publish(topic, 'x')) !== NOT_AUTHORISED
  } finally {
    client.close()
  }
}

describe('a file that changes below a running Mosquitto 2.0', () => {
  it('is obeyed once it is read anew', async () => {
    const { socket, reload } = await start()
    expect(await mayWrite(socket, 'alice', 'a')).toBe(true)
    expect(await mayWrite(socket, 'alice', 'b')).toBe(false)
    // A signal that comes before the broker's main loop is lost, so it is sent until it is seen.
    await waitUntil(
      async () => {
        reload(encodeAclText('user alice\ntopic write b\n'))
        return mayWrite(socket, 'alice', 'b')
      },
      { what: 'the new file to be obeyed' },
    )
    expect(await mayWrite(socket, 'alice', 'a')).toBe(false)
  })

  it('lets every client write everything once a line of it is bad', async () => {
    const { socket, reload, log } = await start()
    expect(await mayWrite(socket, 'mallory', 'secret/plans')).toBe(false)
    await waitUntil(
      () => {
        reload(encodeAclText(`${FILE}Topic write b\n`))
        return /Error: Invalid line in acl_file/.test(log())
      },
      { what: 'the new file to be read' },
    )
    expect(await mayWrite(socket, 'mallory', 'secret/plans')).toBe(true)
    expect(await mayWrite(socket, 'mallory', 'anything')).toBe(true)
  })
})
