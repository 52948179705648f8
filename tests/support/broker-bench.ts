import { afterEach } from 'vitest'
import type { EngineConfig } from '../../src-main/engine/engine-api'
import { EngineDriver } from './engine-driver'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from './mosquitto'
import { mosquittoSub, type Subscriber, type SubscriberOptions } from './mosquitto-clients'
import { startRawBroker, type RawBroker, type RawBrokerOptions } from './raw-broker'
import { startRelay, type Relay } from './relay'
import { startSoakBroker, type SoakBroker } from './soak/soak-broker'
import type { SoakPlan } from './soak/soak-traffic'
import { startSecureMosquitto, type SecureMosquittoOptions } from './secure-mosquitto'

/** What a broker test starts; all of it is ended after the test, last first. */
export interface BrokerBench {
  mosquitto(options?: MosquittoOptions): Promise<Mosquitto>
  rawBroker(options?: RawBrokerOptions): Promise<RawBroker>
  relay(targetPort: number): Promise<Relay>
  secureMosquitto(options: SecureMosquittoOptions): Promise<Mosquitto>
  subscriber(options: SubscriberOptions): Promise<Subscriber>
  soakBroker(plan: SoakPlan): Promise<SoakBroker>
  driver(config?: Partial<EngineConfig>): EngineDriver
  /** Also done after the test, in its turn. */
  atEnd(cleanup: () => unknown): void
}

/** A bench for the tests of this file. */
export function useBrokerBench(): BrokerBench {
  const cleanups: (() => unknown)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  })

  async function kept<Thing>(starting: Promise<Thing>, end: (thing: Thing) => unknown): Promise<Thing> {
    const thing = await starting
    cleanups.push(() => end(thing))
    return thing
  }

  return {
    mosquitto: (options) => kept(startMosquitto(options), (broker) => broker.stop()),
    rawBroker: (options) => kept(startRawBroker(options), (broker) => broker.close()),
    relay: (targetPort) => kept(startRelay(targetPort), (relay) => relay.close()),
    secureMosquitto: (options) => kept(startSecureMosquitto(options), (broker) => broker.stop()),
    subscriber: (options) => kept(mosquittoSub(options), (subscriber) => subscriber.stop()),
    soakBroker: (plan) => kept(startSoakBroker(plan), (broker) => broker.close()),
    driver(config) {
      const driver = new EngineDriver(config)
      cleanups.push(() => driver.engine.dispose())
      return driver
    },
    atEnd: (cleanup) => cleanups.push(cleanup),
  }
}
