import { basename } from 'node:path'
import type { Dialog } from 'electron'
import filenamify from 'filenamify'
import type { ReceivedMessage } from '@shared/message/message'
import { writeWhole } from '../files/write-whole'
import type { Handlers } from '../ipc/handlers'

/** `readWhole` reads all of a message of a tab. */
export function savePayloadHandler(
  readWhole: (connectionId: string, sequence: number) => Promise<ReceivedMessage>,
  dialog: Pick<Dialog, 'showSaveDialog'>,
): Pick<Handlers, 'payloads.save'> {
  return {
    'payloads.save': async ({ connectionId, sequence, extension }) => {
      const { topic, payload } = await readWhole(connectionId, sequence)
      const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: `${fileNameOf(topic)}.${extension}` })
      if (canceled || !filePath) return null
      await writeWhole(filePath, (write) => write(payload))
      return { name: basename(filePath), bytes: payload.byteLength }
    },
  }
}

/** The last levels of a topic as a name that every system takes. */
function fileNameOf(topic: string): string {
  return filenamify(topic.split('/').slice(-2).join('-'), { replacement: '-', maxLength: 80 }) || 'payload'
}
