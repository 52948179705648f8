import { startRawBroker } from '../raw-broker'
import { SoakSender } from './soak-sender'
import { SoakTraffic, type SoakPlan } from './soak-traffic'

/** A broker with the traffic of a soak for one client, whose session it keeps if asked to. */
export interface SoakBroker {
  readonly port: number
  readonly url: string
  readonly traffic: SoakTraffic
  readonly sender: SoakSender
  close(): Promise<void>
}

export async function startSoakBroker(plan: SoakPlan): Promise<SoakBroker> {
  const traffic = new SoakTraffic(plan)
  const sender = new SoakSender(traffic)
  let isSessionKept = false
  const broker = await startRawBroker({
    onConnect: ({ clean = true }) => ({ kind: 'accept', sessionPresent: isSessionKept && !clean }),
    hears(packet, client) {
      if (packet.cmd === 'connect' && isSessionKept && packet.clean !== true) sender.attach(client, true)
      else if (packet.cmd === 'subscribe' && !sender.serves(client)) {
        isSessionKept = client.connect.clean !== true
        sender.attach(client, false)
      } else sender.hear(packet, client)
    },
  })
  return {
    port: broker.port,
    url: broker.url,
    traffic,
    sender,
    async close() {
      sender.rest()
      await broker.close()
    },
  }
}
