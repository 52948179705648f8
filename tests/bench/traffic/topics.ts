/** What a benchmark's topics look like: those of a fleet of devices, or so many names side by side below one level. */
export type TopicShape = 'fleet' | 'wide'

const METRICS = ['humidity', 'pressure', 'velocity', 'position', 'flowrate', 'dewpoint', 'setpoint', 'overload', 'runhours', 'duration']
const DEVICES_A_LINE = 100
const LINES_A_SITE = 100

/** More would need longer names, and names of one length make packets of one length. */
export const MOST_TOPICS = 1_000_000

/** The level that holds all topics of the shape `wide`. */
export const WIDE_PARENT = 'wide'

const digits = (value: number, count: number): string => String(value).padStart(count, '0')

/**
 * The name of topic `index`, from 0. All names of a shape have the same length: `fleet` 35 bytes in five levels,
 * ten topics a device and a hundred devices a line.
 */
export function topicName(shape: TopicShape, index: number): string {
  if (shape === 'wide') return `${WIDE_PARENT}/sensor-${digits(index, 6)}`
  const device = Math.floor(index / METRICS.length)
  const line = Math.floor(device / DEVICES_A_LINE)
  const site = Math.floor(line / LINES_A_SITE)
  const metric = METRICS[index % METRICS.length] ?? ''
  return `plant/${digits(site, 2)}/line-${digits(line % LINES_A_SITE, 2)}/dev-${digits(device, 5)}/${metric}`
}

const PAYLOAD_BYTES = 110
const EPOCH_MS = Date.UTC(2026, 0, 1)

/** The payload of topic `index`: 110 bytes of JSON, as a sensor sends it. */
export function payloadOf(index: number): string {
  const value = ((index * 7_919) % 100_000) / 1_000
  const time = new Date(EPOCH_MS + index * 37).toISOString()
  const start = `{"value":${value.toFixed(3)},"unit":"celsius","time":"${time}","quality":"good","serial":"`
  return `${start.padEnd(PAYLOAD_BYTES - 2, digits(index, 7))}"}`
}

/**
 * The order of topics in round `round`: every one once, by a fixed shuffle that differs from round to round,
 * because brokers do not send topics in the order in which a client happens to hold them.
 */
export function topicOrder(count: number, round: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  let state = (round + 1) * 0x9e3779b9
  for (let at = count - 1; at > 0; at -= 1) {
    // xorshift32
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const other = (state >>> 0) % (at + 1)
    const held = order[at] ?? 0
    order[at] = order[other] ?? 0
    order[other] = held
  }
  return order
}
