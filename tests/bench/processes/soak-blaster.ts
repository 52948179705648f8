import { startSoakBroker, type SoakBroker } from '../../support/soak/soak-broker'
import { waitUntil } from '../../support/wait-until'
import { serve } from './calls'
import type { SoakBlasterApi } from './soak-blaster-api'

const BACK_LIMIT_MS = 45_000

let broker: SoakBroker | null = null
let perSecond = 0

function running(): SoakBroker {
  if (broker === null) throw new Error('it does not listen')
  return broker
}

serve({
  async listen(plan) {
    broker = await startSoakBroker(plan)
    return broker.port
  },
  run(rate) {
    perSecond = rate
    running().sender.run(rate)
  },
  async cut(how) {
    const { sender } = running()
    if (how === 'tear') sender.tear()
    else {
      sender.rest()
      await sender.reset()
    }
    await waitUntil(() => sender.serves(), { timeoutMs: BACK_LIMIT_MS, what: 'the client to come back' })
    sender.run(perSecond)
  },
  async finish() {
    const { sender } = running()
    sender.rest()
    await sender.settle()
    return sender.counts
  },
  counts: () => running().sender.counts,
} satisfies SoakBlasterApi)
