import { basename } from 'node:path'
import type { Dialog } from 'electron'
import type { PacketFileFormat, PacketFilter } from '@shared/packets/packet-log'
import type { EngineApi, PacketPiece } from '../engine/engine-api'
import { writeWhole } from '../files/write-whole'
import type { Handlers } from '../ipc/handlers'

type PacketHandlers = Pick<Handlers, Extract<keyof Handlers, `packets.${string}`>>
type PacketMethod = 'recordPackets' | 'clearPackets' | 'renderPacket' | 'writePackets'

/** A tab, as far as its packet log goes. */
export interface PacketSource {
  call<Method extends PacketMethod>(method: Method, ...args: Parameters<EngineApi[Method]>): Promise<ReturnType<EngineApi[Method]>>
}

const FILES: Record<PacketFileFormat, { extension: string; name: string }> = {
  text: { extension: 'txt', name: 'Text' },
  'json-lines': { extension: 'jsonl', name: 'JSON Lines' },
}

export function packetHandlers(
  sourceOf: (connectionId: string) => PacketSource,
  dialog: Pick<Dialog, 'showSaveDialog'>,
): PacketHandlers {
  return {
    'packets.record': async ({ connectionId, recording }) => {
      await sourceOf(connectionId).call('recordPackets', recording)
    },
    'packets.clear': async ({ connectionId }) => {
      await sourceOf(connectionId).call('clearPackets')
    },
    'packets.render': ({ connectionId, sequence }) => sourceOf(connectionId).call('renderPacket', sequence),
    'packets.save': async ({ connectionId, filter, format }) => {
      const { extension, name } = FILES[format]
      const { canceled, filePath } = await dialog.showSaveDialog({
        defaultPath: `packets.${extension}`,
        filters: [{ name, extensions: [extension] }],
      })
      if (canceled || !filePath) return null
      return { name: basename(filePath), packets: await savePackets(sourceOf(connectionId), filePath, filter, format) }
    },
  }
}

/** Writes the log piece by piece, so that neither main nor the engine is kept busy, and says how many packets there were. */
function savePackets(source: PacketSource, path: string, filter: PacketFilter, format: PacketFileFormat): Promise<number> {
  return writeWhole(path, async (write) => {
    let packets = 0
    let at: PacketPiece['next'] = null
    do {
      const piece: PacketPiece = await source.call('writePackets', filter, format, at)
      await write(piece.text)
      packets += piece.packets
      at = piece.next
    } while (at !== null)
    return packets
  })
}
