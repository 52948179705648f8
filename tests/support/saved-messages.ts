import { randomUUID } from 'node:crypto'
import type { Folder, Item } from '@shared/collections/collection'
import { savedProperties, type MessageContent, type SavedMessage } from '@shared/collections/saved-message'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'

/** A saved message of this name, which is its topic and payload too. */
export function savedMessage(name: string, more: Partial<MessageContent> = {}): SavedMessage {
  return {
    kind: 'message',
    id: randomUUID(),
    name,
    topic: name,
    payload: { kind: 'text', text: name, format: { kind: 'text', charset: 'utf-8' } },
    qos: 1,
    retain: false,
    properties: savedProperties(NO_PUBLISH_PROPERTIES),
    note: '',
    usesTemplates: false,
    pauseMs: null,
    ...more,
  }
}

/** A folder with these items. */
export function savedFolder(name: string, ...children: readonly Item[]): Folder {
  return { kind: 'folder', id: randomUUID(), name, children }
}
