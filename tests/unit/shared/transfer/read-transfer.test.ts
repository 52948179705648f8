import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { remarkSchema } from '@shared/transfer/remark'
import { readTransfer } from '@shared/transfer/read-transfer'

const faultOf = (text: string) => {
  const transfer = readTransfer(text)
  return transfer.kind === 'fault' ? transfer.fault : transfer.kind
}

const EXPLORER = '{"ConnectionManager_connections":'
const hostile = `${EXPLORER}{"__proto__":{"host":"h","__proto__":{"polluted":true},"subscriptions":[{"__proto__":{"qos":2},"topic":"a"}]},"constructor":{"host":"h"}}}`

describe('readTransfer', () => {
  it.each([
    ['', 'not-json'],
    ['hello', 'not-json'],
    ['{"a":', 'not-json'],
    ['{}', 'nothing-found'],
    ['[]', 'nothing-found'],
    ['[1, null, "x"]', 'nothing-found'],
    ['{"host":"h"}', 'nothing-found'],
    [`${EXPLORER}{}}`, 'nothing-found'],
    ['{"format":"pubscope-profiles","version":2,"profiles":[]}', 'newer'],
    ['{"format":"pubscope-profiles","version":1}', 'broken'],
    ['{"format":"pubscope-profiles","version":1,"sealed":{}}', 'broken'],
    ['[1, null, {"host":"h","clientId":"c"}]', 'entries'],
    ['\uFEFF{"host":"h","clientId":"c"}', 'entries'],
    ['mosquitto_sub -t a | less', 'operator'],
    ["mosquitto_sub -t 'a", 'open-quote'],
    [`${'['.repeat(8_000_000)}`, 'too-deep'],
    [`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`, 'too-deep'],
    [JSON.stringify(Array.from({ length: 1_001 }, () => ({ host: 'h', clientId: 'c' }))), 'too-many'],
    ['mosquitto_sub -t a\n'.repeat(1_001), 'too-many'],
  ])('%.60s… is %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  it('does not count brackets within texts', () => {
    expect(faultOf(JSON.stringify({ host: 'h', clientId: '[[{"\\'.repeat(1_000) }))).toBe('entries')
  })

  it('takes names that JavaScript has a use for as names', () => {
    const transfer = readTransfer(hostile)
    expect(transfer).toMatchObject({ kind: 'entries', entries: [{ kind: 'usable' }, { kind: 'usable' }] })
    expect(Object.prototype).not.toHaveProperty('polluted')
    expect(transfer.kind === 'entries' && transfer.entries[0]?.kind === 'usable' && transfer.entries[0].draft.subscriptions).toEqual([
      { filter: 'a', qos: 0 },
    ])
  })

  it('never throws, and its remarks are short, whatever the JSON', () => {
    const value = fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text))
    const connection = fc.record(
      Object.fromEntries(
        ['host', 'port', 'name', 'protocol', 'subscriptions', 'will', 'properties', 'ca', 'clientId', 'mqttVersion', 'selfSignedCertificate'].map((key) => [
          key,
          fc.oneof(value, fc.constantFrom('h', 1883, 'mqtt', [], {}, 'x'.repeat(100_000), [{ topic: 'y'.repeat(70_000) }], -1, null)),
        ]),
      ),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(connection, { minLength: 1, maxLength: 3 }), fc.boolean(), (connections, asExplorer) => {
        const document = asExplorer ? { ConnectionManager_connections: { ...connections } } : connections
        const transfer = readTransfer(JSON.stringify(document))
        if (transfer.kind !== 'entries') return
        for (const entry of transfer.entries) {
          if (entry.kind === 'usable') entry.remarks.forEach((remark) => remarkSchema.parse(remark))
        }
      }),
    )
  })
})
