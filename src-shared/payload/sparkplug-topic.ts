/** Sparkplug B's message types (Sparkplug 3.0, 4.1.3), those of nodes and devices; STATE has a topic of its own form. */
const NODE_TYPES = ['NBIRTH', 'NDATA', 'NCMD', 'NDEATH'] as const
const DEVICE_TYPES = ['DBIRTH', 'DDATA', 'DCMD', 'DDEATH'] as const
export type SparkplugType = (typeof NODE_TYPES)[number] | (typeof DEVICE_TYPES)[number]

/** What a topic of Sparkplug B says of its payload. STATE payloads are JSON, all others Protobuf. */
export type SparkplugTopic =
  | { readonly kind: 'state'; readonly host: string }
  | { readonly kind: 'message'; readonly type: SparkplugType; readonly group: string; readonly node: string; readonly device: string | null }

const isOneOf = <Name extends string>(names: readonly Name[], name: string | undefined): name is Name => names.some((other) => other === name)

/** Reads `spBv1.0/group/type/node[/device]` and `spBv1.0/STATE/host` (Sparkplug 3.0, 4.1 and 4.2); null: another topic. */
export function sparkplugTopic(topic: string): SparkplugTopic | null {
  const [namespace, group, type, node, device, ...rest] = topic.split('/')
  if (namespace !== 'spBv1.0' || !group || rest.length > 0) return null
  if (group === 'STATE') return type && node === undefined ? { kind: 'state', host: type } : null
  if (!node) return null
  if (isOneOf(NODE_TYPES, type)) return device === undefined ? { kind: 'message', type, group, node, device: null } : null
  return isOneOf(DEVICE_TYPES, type) && device ? { kind: 'message', type, group, node, device } : null
}

/** The topics whose last messages explain the aliases of a DATA or CMD message: its edge node's BIRTH, and its device's. */
export function birthTopics(topic: string): string[] {
  const parsed = sparkplugTopic(topic)
  if (parsed?.kind !== 'message' || !/DATA|CMD/.test(parsed.type)) return []
  const { group, node, device } = parsed
  const ofNode = `spBv1.0/${group}/NBIRTH/${node}`
  return device === null ? [ofNode] : [ofNode, `spBv1.0/${group}/DBIRTH/${node}/${device}`]
}

/** Where to ask an edge node to say its BIRTH again (`Node Control/Rebirth`, Sparkplug 3.0, 6.4.13); null: the topic is none of a node's. */
export function rebirthTopic(topic: string): string | null {
  const parsed = sparkplugTopic(topic)
  return parsed?.kind === 'message' ? `spBv1.0/${parsed.group}/NCMD/${parsed.node}` : null
}
