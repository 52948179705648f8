import { describe, expect, it } from 'vitest'
import { topicNameFault } from '@shared/mqtt/topic'
import { DEMO_EXPANDED_TOPICS, demoDraft } from '../../../../src-main/demo-broker/demo-broker'
import { allSensorMessages, sensorMessage, statusMessages, type FleetMessage } from '../../../../src-main/demo-broker/fleet'
import { profileDraftSchema } from '@shared/profile/profile'

const KINDS = ['temperature', 'humidity', 'pressure', 'air_quality', 'motion']
const NOW = new Date('2026-03-04T05:06:07.089Z')

const payloadOf = ({ payload }: FleetMessage) => JSON.parse(payload) as Record<string, unknown>
const devicesOf = (messages: readonly FleetMessage[]) => new Set(messages.map(({ topic }) => topic.split('/')[1]))

describe('the fleet', () => {
  it('has a retained status for each device', () => {
    const messages = statusMessages(NOW)
    expect(messages.length).toBeGreaterThan(3)
    for (const message of messages) {
      expect(message.retain).toBe(true)
      expect(message.topic).toMatch(/^devices\/[-a-z0-9]+\/status$/)
      expect(payloadOf(message)).toMatchObject({ status: 'online', timestamp: '2026-03-04T05:06:07.089Z' })
      expect(message.topic).toBe(`devices/${String(payloadOf(message)['device_id'])}/status`)
    }
    expect(devicesOf(messages).size).toBe(messages.length)
  })

  it('has every kind of sensor on every device, not retained', () => {
    const messages = allSensorMessages(NOW)
    const devices = devicesOf(statusMessages(NOW))
    expect(devicesOf(messages)).toEqual(devices)
    expect(new Set(messages.map(({ topic }) => topic)).size).toBe(devices.size * KINDS.length)
    for (const message of messages) {
      const [root, device, kind, ...rest] = message.topic.split('/')
      expect([root, rest, message.retain]).toEqual(['sensors', [], false])
      expect(KINDS).toContain(kind)
      expect(payloadOf(message)).toMatchObject({ device_id: device, sensor_type: kind, timestamp: '2026-03-04T05:06:07.089Z' })
      expect(topicNameFault(message.topic)).toBeNull()
    }
  })

  it.each([
    ['temperature', 'value', 9, 31],
    ['humidity', 'value', 30, 80],
    ['pressure', 'value', 1_010, 1_030],
    ['air_quality', 'pm25', 5, 50],
    ['air_quality', 'pm10', 10, 70],
  ])('measures %s (%s) between %i and %i, at any hour', (kind, field, low, high) => {
    for (let hour = 0; hour < 24; hour += 1) {
      const messages = allSensorMessages(new Date(2026, 0, 1, hour)).filter(({ topic }) => topic.endsWith(`/${kind}`))
      for (const message of messages) {
        const value = Number(payloadOf(message)[field])
        expect(value).toBeGreaterThanOrEqual(low)
        expect(value).toBeLessThanOrEqual(high)
        expect(value).toBe(Math.round(value * 100) / 100)
      }
    }
  })

  it('is warmer in the afternoon than at night', () => {
    const warmth = (hour: number): number => {
      const messages = allSensorMessages(new Date(2026, 0, 1, hour)).filter(({ topic }) => topic.endsWith('/temperature'))
      return messages.reduce((sum, message) => sum + Number(payloadOf(message)['value']), 0) / messages.length
    }
    expect(warmth(12)).toBeGreaterThan(warmth(0) + 15)
  })

  it('speaks of all its sensors in time', () => {
    const all = new Set(allSensorMessages(NOW).map(({ topic }) => topic))
    const seen = new Set(Array.from({ length: 2_000 }, () => sensorMessage(NOW).topic))
    expect(seen).toEqual(all)
  })

  it('has the topics that start out expanded', () => {
    const topics = [...statusMessages(NOW), ...allSensorMessages(NOW)].map(({ topic }) => topic)
    for (const expanded of DEMO_EXPANDED_TOPICS) expect(topics.some((topic) => topic.startsWith(`${expanded}/`))).toBe(true)
  })
})

describe('demoDraft', () => {
  it('is a profile for the loopback interface, in the version Aedes speaks', () => {
    const draft = demoDraft(12_345)
    expect(profileDraftSchema.parse(draft)).toEqual(draft)
    expect(draft).toMatchObject({ host: '127.0.0.1', port: 12_345, mqttVersion: '3.1.1', protocol: 'mqtt' })
  })
})
