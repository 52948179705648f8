/** A message the fleet wants published. */
export interface FleetMessage {
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
}

const DEVICES = ['greenhouse-01', 'greenhouse-02', 'office-1', 'office-2', 'server-room', 'warehouse', 'rooftop', 'lab-7']
const KINDS = ['temperature', 'humidity', 'pressure', 'air_quality', 'motion'] as const
type Kind = (typeof KINDS)[number]

const HOURS_TO_RADIANS = Math.PI / 12

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function between(low: number, high: number): number {
  return low + Math.random() * (high - low)
}

/** What a sensor of this kind would measure at `now`: the day's warmth as a sine, the rest in usual indoor ranges. */
function measure(kind: Kind, now: Date): Record<string, unknown> {
  switch (kind) {
    case 'temperature': {
      const hour = now.getHours() + now.getMinutes() / 60
      return { value: round(20 + 10 * Math.sin((hour - 6) * HOURS_TO_RADIANS) + between(-1, 1)), unit: 'celsius' }
    }
    case 'humidity':
      return { value: round(between(30, 80)), unit: 'percent' }
    case 'pressure':
      return { value: round(between(1_010, 1_030)), unit: 'hPa' }
    case 'air_quality': {
      const pm25 = between(5, 50)
      return { pm25: round(pm25), pm10: round(pm25 + between(5, 20)), unit: 'µg/m³' }
    }
    case 'motion':
      return { value: Math.random() < 0.3 }
  }
}

/** The status each device leaves on the broker, retained. */
export function statusMessages(now: Date): FleetMessage[] {
  return DEVICES.map((device) => ({
    topic: `devices/${device}/status`,
    retain: true,
    payload: JSON.stringify({
      device_id: device,
      status: 'online',
      battery_level: Math.round(between(20, 100)),
      signal_strength_dbm: Math.round(between(-80, -40)),
      firmware_version: '1.4.2',
      timestamp: now.toISOString(),
    }),
  }))
}

/** One measurement of a random sensor. */
export function sensorMessage(now: Date): FleetMessage {
  const device = DEVICES[Math.floor(Math.random() * DEVICES.length)] ?? 'office-1'
  const kind = KINDS[Math.floor(Math.random() * KINDS.length)] ?? 'temperature'
  return sensorMessageOf(device, kind, now)
}

/** One measurement of every sensor. */
export function allSensorMessages(now: Date): FleetMessage[] {
  return DEVICES.flatMap((device) => KINDS.map((kind) => sensorMessageOf(device, kind, now)))
}

function sensorMessageOf(device: string, kind: Kind, now: Date): FleetMessage {
  const payload = { device_id: device, sensor_type: kind, ...measure(kind, now), timestamp: now.toISOString() }
  return { topic: `sensors/${device}/${kind}`, payload: JSON.stringify(payload), retain: false }
}
