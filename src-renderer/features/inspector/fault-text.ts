import type { ReadingFault } from '@shared/payload/rendered-payload'
import { formatBytes, formatCount } from '../../ui/format'

/** The catalogue's key for a fault, below `inspector.fault`, and what it is worded with. */
export function faultWords(fault: ReadingFault): { key: string; values: Record<string, string> } {
  switch (fault.kind) {
    case 'malformed':
    case 'schema-unusable':
      return { key: fault.kind, values: { detail: fault.detail } }
    case 'schema-missing':
      return { key: fault.kind, values: {} }
    case 'birth-missing':
      return { key: fault.kind, values: { edgeNode: fault.edgeNode } }
    case 'limit':
      return { key: `limit.${fault.limit}`, values: { most: fault.limit.endsWith('bytes') ? formatBytes(fault.most) : formatCount(fault.most) } }
  }
}
