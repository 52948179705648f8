import {
  MqttClient,
  type IClientSubscribeOptions,
  type IConnackPacket,
  type IDisconnectPacket,
  type IPublishPacket,
  type Packet,
} from 'mqtt'
import type { Failure } from '@shared/connection/failure'
import type { TlsPeer } from '@shared/connection/tls-peer'
import { reasonCodeOfReturnCode } from '@shared/mqtt/reason-code'
import type { QoS } from '@shared/mqtt/qos'
import { brokerAddress } from '@shared/profile/broker-address'
import type { Subscription } from '@shared/profile/subscription'
import type { Grants } from '@shared/connection/grants'
import type { ConnectionConfig } from '../engine-api'
import type { IncomingMessage } from '../history/message-log'
import type { PacketLog } from '../packet-log/packet-log'
import { clientOptionsOf, type ProtocolVersion } from './client-options'
import { failure, failureOfError } from './failure-of'
import { grantsOf } from './grants'
import { propertiesOf } from './publish-properties'
import { probeHandshake } from './handshake-probe'
import { fetchPeerCertificates } from './peer-certificates'
import { isAboutPeerCertificate } from './tls-failure'
import { openTransport } from './transport'
import { GuardedStream } from '../wire/guarded-stream'
import type { TopicFault } from '@shared/mqtt/topic'

const CLOSE_TIMEOUT_MS = 1_000

export interface SessionEvents {
  /** The server of a TLS connection is verified. */
  secured(peer: TlsPeer): void
  online(sessionPresent: boolean, grants: Grants | null): void
  message(message: IncomingMessage): void
  /** A message was left out because its topic name is illegal. */
  refused(fault: TopicFault): void
  /** The end, once and for all; `unsupportedVersion` when the broker refused just the protocol version. */
  ended(failure: Failure, unsupportedVersion: boolean): void
}

export type SubscribeResult = { kind: 'granted'; qos: QoS } | { kind: 'refused'; reasonCode: number } | { kind: 'lost' }
export type PublishResult =
  | { kind: 'done'; reasonCode: number | null }
  | { kind: 'refused'; reasonCode: number; brokerReason: string | null }
  | { kind: 'lost' }

/**
 * One network connection from CONNECT to its end. MQTT.js speaks the protocol; reconnecting and resubscribing
 * are ours, so its own are off.
 */
export class MqttSession {
  readonly #client: MqttClient
  #online = false
  #ended = false
  #error: Error | null = null
  #grants: Grants | null = null
  #refusal: { failure: Failure; unsupportedVersion: boolean } | null = null
  /** The reason code of the acknowledgement being handled: MQTT.js keeps those that mean success to itself. */
  #ackReasonCode = 0
  /** Reason codes of PUBREC, by packet identifier: QoS 2 says there, not in PUBCOMP, who listened [3.5.2.1]. */
  readonly #pubrecReasonCodes = new Map<number, number>()

  constructor(
    private readonly config: ConnectionConfig,
    readonly version: ProtocolVersion,
    private readonly events: SessionEvents,
    private readonly log: PacketLog,
  ) {
    this.#client = new MqttClient(() => this.#openStream(config), clientOptionsOf(config, version))
    this.#listen()
  }

  /** Asks for the messages of a topic filter. */
  subscribe(subscription: Subscription): Promise<SubscribeResult> {
    return new Promise((resolve) => {
      this.#client.subscribe(subscription.filter, this.#subscribeOptions(subscription), (error, _grants, packet) => {
        const code = packet?.granted[0]
        if (typeof code !== 'number') resolve({ kind: 'lost' })
        else if (code >= 0x80) resolve({ kind: 'refused', reasonCode: code })
        else if (error !== null) resolve({ kind: 'lost' })
        else resolve({ kind: 'granted', qos: code === 1 ? 1 : code === 2 ? 2 : 0 })
      })
    })
  }

  #subscribeOptions({ qos, options }: Subscription): IClientSubscribeOptions {
    if (this.version !== '5.0' || options === undefined) return { qos }
    const { noLocal, retainAsPublished, retainHandling, identifier } = options
    // A broker without them takes one for a protocol error [3.2.2.3.12].
    const identified = identifier !== null && this.#grants?.subscriptionIdentifiersAvailable !== false
    return {
      qos,
      nl: noLocal,
      rap: retainAsPublished,
      rh: retainHandling,
      ...(identified ? { properties: { subscriptionIdentifier: identifier } } : {}),
    }
  }

  unsubscribe(filter: string): void {
    this.#client.unsubscribe(filter)
  }

  /** Sends a message; resolves when QoS 0 is written, or QoS 1 and 2 are acknowledged, refused or lost. */
  publish(topic: string, payload: Uint8Array, qos: QoS, retain: boolean): Promise<PublishResult> {
    return new Promise((resolve) => {
      this.#client.publish(topic, Buffer.from(payload), { qos, retain }, (error, packet) => {
        if (error instanceof Error) {
          const reasonCode = 'code' in error && typeof error.code === 'number' ? error.code : null
          resolve(
            reasonCode === null ? { kind: 'lost' } : { kind: 'refused', reasonCode, brokerReason: reasonStringOf(packet) },
          )
          return
        }
        resolve({ kind: 'done', reasonCode: this.version === '5.0' && qos > 0 ? this.#ackReasonCode : null })
      })
    })
  }

  /** Ends the connection with a DISCONNECT; no event comes after. Resolves when it is closed. */
  close(): Promise<void> {
    this.#ended = true
    const { stream } = this.#client
    // A peer that no longer reads must not keep the socket.
    const timer = setTimeout(() => stream.destroy(), CLOSE_TIMEOUT_MS)
    return new Promise<void>((resolve) => {
      if (stream.destroyed) resolve()
      else stream.once('close', () => resolve())
      this.#client.end(!this.#online)
    }).then(() => clearTimeout(timer))
  }

  #openStream(config: ConnectionConfig): GuardedStream {
    const version = this.version === '5.0' ? 5 : 4
    const tap = this.log.listen(brokerAddress(config), version)
    const stream = new GuardedStream(openTransport(config, (peer) => this.events.secured(peer)), {
      version,
      tap,
      maximumPacketBytes: config.maximumPacketBytes,
      topicAliasMaximum: this.version === '5.0' ? config.connectOptions.topicAliasMaximum : 0,
      refused: (fault) => this.events.refused(fault),
    })
    // MQTT.js passes on only errors of sockets.
    stream.on('error', (error) => (this.#error ??= error))
    return stream
  }

  #listen(): void {
    const client = this.#client
    client.on('packetreceive', (packet) => this.#onPacket(packet))
    client.on('connect', (packet) => {
      if (this.#ended) return
      this.#online = true
      this.events.online(packet.sessionPresent, this.#grants)
    })
    client.on('message', (topic, payload, packet) => {
      if (!this.#ended) this.events.message(incoming(topic, payload, packet))
    })
    client.on('disconnect', (packet) => this.#onDisconnect(packet))
    client.on('error', (error) => {
      this.#error ??= error
      // MQTT.js reports some errors and keeps the socket; what follows an error cannot be trusted.
      client.stream.destroy()
    })
    client.on('close', () => this.#end())
  }

  #onPacket(packet: Packet): void {
    switch (packet.cmd) {
      case 'connack':
        this.#onConnack(packet)
        return
      case 'puback':
        this.#ackReasonCode = packet.reasonCode ?? 0
        return
      case 'pubrec':
        this.#pubrecReasonCodes.set(packet.messageId ?? 0, packet.reasonCode ?? 0)
        return
      case 'pubcomp':
        this.#ackReasonCode = this.#pubrecReasonCodes.get(packet.messageId ?? 0) ?? 0
        this.#pubrecReasonCodes.delete(packet.messageId ?? 0)
        return
      default:
    }
  }

  #onConnack(packet: IConnackPacket): void {
    const is5 = this.version === '5.0'
    // A server that does not know 5.0 answers in the form of 3.1.1: return code 1 [MQTT-3.1.2-2 of 3.1.1].
    const code = packet.reasonCode ?? packet.returnCode ?? 0
    if (code === 0) {
      this.#grants = is5 ? grantsOf(packet.properties, this.config) : null
      return
    }
    const unsupportedVersion = code === 0x84 || code === 0x01
    const reasonCode = code < 0x80 ? reasonCodeOfReturnCode(code) : code
    this.#refusal = {
      failure: failure('connack', '', { reasonCode, ...wordsOf(packet.properties) }),
      unsupportedVersion: is5 && unsupportedVersion,
    }
  }

  #onDisconnect(packet: IDisconnectPacket): void {
    const reason = { reasonCode: packet.reasonCode ?? 0, ...wordsOf(packet.properties) }
    this.#refusal ??= { failure: failure('server-disconnect', '', reason), unsupportedVersion: false }
    // After sending DISCONNECT the server closes; we need not wait for it [MQTT-3.14.4-3].
    this.#client.stream.destroy()
  }

  #end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#client.end(true)
    if (this.#refusal !== null) {
      this.events.ended(this.#refusal.failure, this.#refusal.unsupportedVersion)
      return
    }
    const cause =
      this.#error === null
        ? failure(this.#online ? 'connection-lost' : 'closed-before-connack', '')
        : failureOfError(this.#error, this.#online)
    // An explanation that fails must not cost the failure itself.
    void this.#explain(cause)
      .catch(() => cause)
      .then((explained) => this.events.ended(explained, false))
  }

  /** With the server's certificates, where they are what failed; or with what a cut connection kept from us. */
  async #explain(cause: Failure): Promise<Failure> {
    if (cause.code === 'closed-before-connack') return (await probeHandshake(this.config)) ?? cause
    if (!isAboutPeerCertificate(cause.code)) return cause
    return { ...cause, certificates: await fetchPeerCertificates(this.config) }
  }
}

function incoming(topic: string, payload: Buffer, packet: IPublishPacket): IncomingMessage {
  const { qos, retain, dup } = packet
  return { topic, payload, qos, retain, dup, properties: propertiesOf(packet.properties) }
}

function wordsOf(properties: IConnackPacket['properties'] | IDisconnectPacket['properties']): Pick<Failure, 'brokerReason' | 'serverReference'> {
  return { brokerReason: properties?.reasonString ?? null, serverReference: properties?.serverReference ?? null }
}

function reasonStringOf(packet: unknown): string | null {
  if (typeof packet !== 'object' || packet === null || !('properties' in packet)) return null
  const { properties } = packet
  if (typeof properties !== 'object' || properties === null || !('reasonString' in properties)) return null
  return typeof properties.reasonString === 'string' ? properties.reasonString : null
}
