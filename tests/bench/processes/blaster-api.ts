import type { Traffic } from '../traffic/publish-stream'
import type { Place, Transport } from '../traffic/places'
import type { Api } from './calls'

export interface Blast {
  /** Its number, as `subscribed` said. */
  readonly client: number
  /** A multiple of 50, so that frames of 50 packets are whole. */
  readonly messages: number
  /** Null: as fast as the client takes them. */
  readonly perSecond: number | null
  /** In which order topics come: 0 or 1. */
  readonly round: number
}

/** A server that grants every CONNECT and SUBSCRIBE, and then sends what it is told to. */
export interface BlasterApi extends Api {
  /** What to send from now on, and how; where to connect to for it. */
  prepare(plan: { readonly traffic: Traffic; readonly transport: Transport }): Promise<Place>
  /** Resolves when a client has subscribed since `prepare`, with its number. */
  subscribed(): Promise<number>
  /** Resolves, with the time of the first byte, when all is with the system. */
  blast(blast: Blast): Promise<number>
}
