import { describe, expect, it } from 'vitest'
import type { Grants } from '@shared/connection/grants'
import { exceededLimits } from '../../../../../src-renderer/features/publish/broker-limits'
import { NO_LIMITS, onlineWith } from '../../support/online-status'

const limitsOf = (message: Partial<Parameters<typeof exceededLimits>[1]>, grants: Partial<Grants> | null) =>
  exceededLimits(onlineWith(grants && { ...NO_LIMITS, ...grants }), { topic: 'a/b', qos: 0, retain: false, payloadBytes: 10, ...message })

describe('the limits a broker has said', () => {
  it('are none without MQTT 5.0, and none while offline', () => {
    expect(limitsOf({ qos: 2, retain: true }, null)).toEqual([])
    expect(exceededLimits({ phase: 'offline' }, { topic: 'a', qos: 2, retain: true, payloadBytes: 1 })).toEqual([])
  })

  it('are told, all that a message is beyond', () => {
    const strict = { maximumQos: 1, retainAvailable: false, maximumPacketBytes: 17 } as const
    expect(limitsOf({ qos: 1 }, { ...strict, maximumPacketBytes: 20 })).toEqual([])
    // 1 type, 1 length, 2 + 3 topic, 2 identifier, 1 property length, 10 payload
    expect(limitsOf({ qos: 2, retain: true }, strict)).toEqual([{ kind: 'qos', most: 1 }, { kind: 'retain' }, { kind: 'size', most: 17, bytes: 20 }])
  })
})
