import { connectAsync } from 'mqtt'
import { urlOf } from '../traffic/places'
import { Arrival } from './arrival'
import { serve } from './calls'
import { ownUsage, type ReceiverApi } from './receiver-api'

// Raw MQTT.js: what every message costs before an explorer does anything with it. Its handler counts, and that is all.
const arrival = new Arrival()

serve({
  async connect({ place, mqttVersion }) {
    const protocolVersion = mqttVersion === '5.0' ? 5 : 4
    const client = await connectAsync(urlOf(place), { protocolVersion, ca: place.authority, reconnectPeriod: 0 })
    client.on('message', () => {
      arrival.count += 1
      arrival.look()
    })
    await client.subscribeAsync('#')
  },
  expect: (messages) => arrival.expect(messages),
  arrived: () => arrival.arrived(),
  received: () => arrival.count,
  ...ownUsage,
} satisfies ReceiverApi)
