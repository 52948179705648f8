import { describe, expect, it } from 'vitest'
import { NodeTable } from '../../../../../src-main/engine/topics/node-table'

const MEGABYTE = 1024 * 1024

describe('the node table', () => {
  it('keeps every record when it grows, up to its most nodes', () => {
    const maxNodes = 300_000
    const nodes = new NodeTable(maxNodes)
    for (let node = 1; node <= maxNodes; node += 1) {
      nodes.reserve(node + 1)
      nodes.begin(node, node % 256, 1 + (node % 65_536))
      nodes.attach(node, node >> 1)
      nodes.take(node, node + 0.5, node * 2, 7, node % 1_000, node * 3, false)
    }
    for (let node = 1; node <= maxNodes; node += 1) {
      const record = [nodes.lastSequence(node), nodes.lastAtMs(node), nodes.lastSegment(node), nodes.lastOffset(node), nodes.level(node), nodes.parent(node)]
      if (record.join() !== [node + 0.5, node * 2, node % 1_000, node * 3, 1 + (node % 65_536), node >> 1].join()) expect(record, `node ${node}`).toEqual([])
    }
    expect(nodes.childCount(1)).toBe(2)
  })

  it('takes no memory for room that no node has yet', () => {
    const nodes = new NodeTable(4_000_000)
    const before = process.memoryUsage.rss()
    nodes.reserve(4_000_000)
    expect((process.memoryUsage.rss() - before) / MEGABYTE).toBeLessThan(100)
  })
})
