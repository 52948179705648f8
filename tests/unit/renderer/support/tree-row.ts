import type { TreeRow } from '@shared/views/view-frame'

/** The row of a topic. */
export const treeRow = (topic: string, more: Partial<TreeRow> = {}): TreeRow => ({
  topic,
  name: topic.slice(topic.lastIndexOf('/') + 1),
  level: topic.split('/').length,
  position: 1,
  siblings: 2,
  expanded: null,
  previewKind: 'text',
  preview: 'on',
  retain: false,
  messages: 1_234,
  messagesPerSecond: 0,
  bytes: 0,
  subtopics: 0,
  lastMessageAtMs: Date.now(),
  lastSequence: 1,
  ...more,
})
