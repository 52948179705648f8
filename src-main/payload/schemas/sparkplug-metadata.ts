/** Members of a metric's metadata, as they are shown and as the definition of the payload calls them. */
const NAMES = [
  ['isMultiPart', 'is_multi_part'],
  ['contentType', 'content_type'],
  ['size', 'size'],
  ['seq', 'seq'],
  ['fileName', 'file_name'],
  ['fileType', 'file_type'],
  ['md5', 'md5'],
  ['description', 'description'],
] as const

type Members = Readonly<Record<string, unknown>>

export const METADATA_MEMBERS: readonly string[] = NAMES.map(([shown]) => shown)

/** Metadata as it is shown. */
export function shownMetadata(sent: Members): Members {
  return Object.fromEntries(NAMES.flatMap(([shown, name]) => (sent[name] === undefined ? [] : [[shown, sent[name]]])))
}

/** Metadata as it is sent. */
export function sentMetadata(shown: Members): Members {
  return Object.fromEntries(NAMES.flatMap(([name, sent]) => (shown[name] === undefined ? [] : [[sent, shown[name]]])))
}
