import type { SentCounts } from '../../support/soak/soak-sender'
import type { SoakPlan } from '../../support/soak/soak-traffic'
import type { Api } from './calls'

/** The broker of a soak. */
export interface SoakBlasterApi extends Api {
  /** The port it listens on. */
  listen(plan: SoakPlan): Promise<number>
  /** Sends so many messages a second from now on. */
  run(perSecond: number): void
  /** Cuts the connection, and resolves when the client is back: `tear` in the middle of a packet, `reset` between two. */
  cut(how: 'tear' | 'reset'): Promise<void>
  /** Sends no more, and resolves when the client has taken all. */
  finish(): Promise<SentCounts>
  counts(): SentCounts
}
