import { connectAsync, type MqttClient } from 'mqtt'

const PRESSES = ['press-07', 'press-08', 'press-09']
const ROBOTS = ['robot-01', 'robot-02']

/** A small plant's traffic, for pictures: publishes one round of it, then again every `intervalMs`. */
export async function runPlant(port: number, intervalMs = 200): Promise<{ stop(): Promise<void> }> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5 })
  let round = 0
  const publishRound = (): void => {
    round += 1
    PRESSES.forEach((press, index) => publishPress(client, `plant/hall-2/${press}`, press, round + index * 7))
    for (const robot of ROBOTS) publishJson(client, `plant/hall-2/${robot}/joints`, jointsAt(round))
    for (const meter of ['l1', 'l2', 'l3']) publishJson(client, `plant/energy/main/${meter}`, { kw: wave(round, 40, 12) })
  }
  for (const press of PRESSES) {
    const status = { status: 'online', battery: 87, firmware: '2.4.1' }
    client.publish(`plant/hall-2/${press}/status`, JSON.stringify(status), { retain: true, qos: 1 })
  }
  client.publish('plant/hall-3/agv-14/status', JSON.stringify({ status: 'offline' }), { retain: true, qos: 1 })
  client.publish('commands/plant/shift', JSON.stringify({ shift: 'B', since: '2026-11-23T06:00:00Z' }), { retain: true })
  client.publish('alerts/press-09', JSON.stringify({ alert_type: 'high_temperature', value: 81.3 }), { qos: 1 })
  publishRound()
  const timer = setInterval(publishRound, intervalMs)
  return {
    async stop() {
      clearInterval(timer)
      await client.endAsync(true)
    },
  }
}

function publishPress(client: MqttClient, topic: string, device: string, round: number): void {
  const temperature = {
    device_id: device,
    sensor_type: 'temperature',
    value: wave(round, 71, 6),
    unit: 'celsius',
    timestamp: new Date().toISOString(),
    location: { hall: 2, line: 'B' },
    calibrated: true,
  }
  const properties = { contentType: 'application/json', userProperties: { plant: 'hamburg', line: 'B' } }
  client.publish(`${topic}/temperature`, JSON.stringify(temperature), { qos: 1, properties })
  publishJson(client, `${topic}/pressure`, { value: wave(round, 182, 9), unit: 'bar' })
  publishJson(client, `${topic}/vibration`, { rms: wave(round, 0.8, 0.2), peak: wave(round, 2.4, 0.6) })
  client.publish(`${topic}/cycle`, String(88_400 + round))
  client.publish(`${topic}/snapshot`, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1]))
}

function publishJson(client: MqttClient, topic: string, value: unknown): void {
  client.publish(topic, JSON.stringify(value))
}

function jointsAt(round: number): number[] {
  return [0, 1, 2, 3, 4, 5].map((joint) => wave(round + joint * 11, 0, 180))
}

function wave(round: number, middle: number, swing: number): number {
  return Math.round((middle + swing * Math.sin(round / 9)) * 100) / 100
}
