import { describe, expect, it } from 'vitest'
import { designNotes } from '../../../../../src-renderer/features/publish/design-notes'
import { EMPTY_SENSOR_FORM, sensorMessage, type SensorForm } from '../../../../../src-renderer/features/publish/sensor-message'

const NOON = new Date(Date.UTC(2026, 0, 2, 12))
const FULL: SensorForm = {
  deviceId: 'press-07',
  sensorType: 'temperature',
  value: '21.50',
  unit: '°C',
  timestamp: 'now',
  version: '1',
  own: [
    { key: 1, name: 'hall', type: 'text', value: 'a "b"' },
    { key: 2, name: 'line', type: 'number', value: '4' },
    { key: 3, name: 'ok', type: 'boolean', value: 'true' },
  ],
}

function built(form: SensorForm): string {
  const message = sensorMessage(form, NOON)
  if (!message.ok) throw new Error([...message.wrong].join())
  return message.text
}
const wrong = (change: Partial<SensorForm>) => {
  const message = sensorMessage({ ...FULL, ...change }, NOON)
  return message.ok ? [] : [...message.wrong]
}

describe('a sensor message', () => {
  it('has its fields in their order and types, numbers to the digit', () => {
    expect(JSON.parse(built(FULL))).toEqual({
      device_id: 'press-07',
      sensor_type: 'temperature',
      value: 21.5,
      unit: '°C',
      timestamp: '2026-01-02T12:00:00.000Z',
      version: 1,
      hall: 'a "b"',
      line: 4,
      ok: true,
    })
    expect(built(FULL)).toContain('"value": 21.50')
  })

  it('leaves out what is empty, and is JSON while its time is a template', () => {
    const text = built({ ...EMPTY_SENSOR_FORM, deviceId: 'x', value: '-1e3' })
    expect(JSON.parse(text)).toEqual({ device_id: 'x', value: -1000, timestamp: "{{now 'iso'}}", version: 1 })
  })

  it('names what is wrong', () => {
    expect(wrong({ deviceId: ' ' })).toEqual(['deviceId'])
    expect(wrong({ value: '1,5' })).toEqual(['value'])
    expect(wrong({ own: [{ key: 4, name: 'value', type: 'text', value: '' }] })).toEqual(['own-4'])
    expect(wrong({ own: [{ key: 5, name: 'n', type: 'number', value: 'x' }] })).toEqual(['own-5'])
  })

  it('leaves nothing to note on', () => {
    expect(designNotes(built(FULL))).toEqual([])
  })
})

describe('notes on a payload', () => {
  it.each([
    ['{"value": 1, "unit": "C", "ts": 1}', []],
    ['{"value": 1, "unit": "C"}', ['no-timestamp']],
    ['{"value": 1, "timestamp": 1}', ['no-unit']],
    ['{"value": "1", "max": 2, "unit": "C", "time": 1}', ['numbers-as-text']],
    ['{"a": {"b": "1.5"}, "c": [2]}', ['numbers-as-text']],
    ['{"a": "1", "b": "2"}', []],
    ['{"id": "007", "n": 1}', []],
    ['{"command": "open"}', []],
    ['[1, "2"]', []],
    ['21.5', []],
    ['{"value": ', []],
  ])('%s: %j', (text, notes) => {
    expect(designNotes(text)).toEqual(notes)
  })
})
