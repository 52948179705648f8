import type { Subscription } from '@shared/profile/subscription'
import type { QoS } from '@shared/mqtt/qos'
import type { MqttSession, PublishResult, SubscribeResult } from '../../../../src-main/engine/connection/mqtt-session'

interface AskedSubscribe {
  readonly filter: string
  readonly qos: QoS
  readonly answer: (result: SubscribeResult) => void
}

interface AskedPublish {
  readonly topic: string
  readonly payload: string
  readonly qos: QoS
  readonly retain: boolean
  readonly answer: (result: PublishResult) => void
}

/** A session that notes what it is asked and answers when the test says so. */
export class FakeSession {
  readonly subscribes: AskedSubscribe[] = []
  readonly unsubscribes: string[] = []
  readonly publishes: AskedPublish[] = []

  subscribe({ filter, qos }: Subscription): Promise<SubscribeResult> {
    return new Promise((answer) => this.subscribes.push({ filter, qos, answer }))
  }

  unsubscribe(filter: string): void {
    this.unsubscribes.push(filter)
  }

  publish(topic: string, payload: Uint8Array, qos: QoS, retain: boolean): Promise<PublishResult> {
    return new Promise((answer) => {
      this.publishes.push({ topic, payload: Buffer.from(payload).toString(), qos, retain, answer })
    })
  }

  asSession(): MqttSession {
    return this as unknown as MqttSession
  }
}

/** Lets promises that are settled be heard. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
