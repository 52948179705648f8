import type { NodeId } from './node-id'
import type { NodeTable } from './node-table'

/**
 * The node after `node` on a walk through all nodes below `top`, parents first; 0 at the end. `into` says whether to go
 * into those below `node`. Needs no stack: a hostile topic may have 65,536 levels.
 */
export function nextBelow(nodes: NodeTable, node: NodeId, top: NodeId, into: boolean): NodeId {
  const child = into ? nodes.firstChild(node) : 0
  if (child !== 0) return child
  for (let at = node; at !== top; at = nodes.parent(at)) {
    const sibling = nodes.nextSibling(at)
    if (sibling !== 0) return sibling
  }
  return 0
}
