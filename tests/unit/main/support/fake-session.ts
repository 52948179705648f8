import type { Publish } from '@shared/message/publish'
import type { Subscription } from '@shared/profile/subscription'
import type { QoS } from '@shared/mqtt/qos'
import type { MqttSession, PublishAttempt, SubscribeResult } from '../../../../src-main/engine/connection/mqtt-session'
import { PacketIdentifiers } from '../../../../src-main/engine/connection/packet-identifiers'
import { Publisher } from '../../../../src-main/engine/publish/publisher'

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
  readonly packetIdentifier: number
  readonly dup: boolean
  /** Says that the network has it. */
  readonly written: () => void
}

/** A session that notes what it is asked and answers when the test says so. */
export class FakeSession {
  readonly subscribes: AskedSubscribe[] = []
  readonly unsubscribes: string[] = []
  readonly publishes: AskedPublish[] = []
  /** Packet identifiers of PUBRELs. */
  readonly releases: number[] = []
  readonly version = '5.0'
  isOpen = true
  receiveMaximum = 65_535
  /** The reason code with which every publish is forbidden, if any. */
  forbids: number | null = null

  subscribe({ filter, qos }: Subscription): Promise<SubscribeResult> {
    return new Promise((answer) => this.subscribes.push({ filter, qos, answer }))
  }

  unsubscribe(filter: string): void {
    this.unsubscribes.push(filter)
  }

  publish(message: Publish, packetIdentifier: number, dup: boolean, written: () => void): PublishAttempt {
    if (this.forbids !== null) return { kind: 'forbidden', reasonCode: this.forbids }
    if (!this.isOpen) return { kind: 'closed' }
    const { topic, payload, qos, retain } = message
    this.publishes.push({ topic, payload: Buffer.from(payload).toString(), qos, retain, packetIdentifier, dup, written })
    return { kind: 'written' }
  }

  release(packetIdentifier: number): void {
    this.releases.push(packetIdentifier)
  }

  asSession(): MqttSession {
    return this as unknown as MqttSession
  }
}

/** A publisher with nothing to send. */
export function noPublishes(): Publisher {
  return new Publisher(new PacketIdentifiers(), { updated: () => undefined, countsChanged: () => undefined })
}

/** Lets promises that are settled be heard. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
