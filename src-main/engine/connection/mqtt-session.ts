import {
  MqttClient,
  type IClientSubscribeOptions,
  type IConnackPacket,
  type IDisconnectPacket,
  type IPublishPacket,
  type Packet,
} from 'mqtt'
import { generate, type IPubackPacket, type IPubcompPacket, type IPubrecPacket } from 'mqtt-packet'
import type { Failure } from '@shared/connection/failure'
import type { TlsPeer } from '@shared/connection/tls-peer'
import { reasonCodeOfReturnCode } from '@shared/mqtt/reason-code'
import type { Publish } from '@shared/message/publish'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import type { QoS } from '@shared/mqtt/qos'
import { brokerAddress } from '@shared/profile/broker-address'
import type { Subscription } from '@shared/profile/subscription'
import type { Grants } from '@shared/connection/grants'
import type { ConnectionConfig } from '../engine-api'
import type { PacketLog } from '../packet-log/packet-log'
import { clientOptionsOf, type ProtocolVersion } from './client-options'
import { failure, failureOfError } from './failure-of'
import { grantsOf } from './grants'
import { IncomingStore } from './incoming-store'
import { OutgoingAliases } from './outgoing-aliases'
import { packedProperties } from './packed-properties'
import { forbiddenBy, receiveMaximumOf } from './publish-limits'
import { shownText } from './shown-text'
import type { SessionState } from './session-state'
import { probeHandshake } from './handshake-probe'
import { fetchPeerCertificates } from './peer-certificates'
import { isAboutPeerCertificate } from './tls-failure'
import { openTransport } from './transport'
import type { AcceptedSession } from '../wire/accepted-session'
import { GuardedStream } from '../wire/guarded-stream'
import type { Intake } from '../wire/publish-sink'

const CLOSE_TIMEOUT_MS = 1_000
/** What the property takes in a packet [3.3.2.3.4]. */
const TOPIC_ALIAS_BYTES = 3

/** Answers to a publish of QoS 1 or 2. */
export type Acknowledgement = IPubackPacket | IPubrecPacket | IPubcompPacket

export interface SessionEvents {
  /** The server of a TLS connection is verified. */
  secured(peer: TlsPeer): void
  /** `resumed`: not only the broker has the session, but this client too. */
  online(sessionPresent: boolean, resumed: boolean, grants: Grants | null): void
  acknowledged(acknowledgement: Acknowledgement): void
  /** The end, once and for all; `unsupportedVersion` when the broker refused just the protocol version. */
  ended(failure: Failure, unsupportedVersion: boolean): void
}

export type SubscribeResult = { kind: 'granted'; qos: QoS } | { kind: 'refused'; reasonCode: number } | { kind: 'lost' }
/** `forbidden`: the broker said in its CONNACK that it takes no such publish. */
export type PublishAttempt = { kind: 'written' } | { kind: 'forbidden'; reasonCode: number } | { kind: 'closed' }

/**
 * One network connection from CONNECT to its end. MQTT.js speaks the protocol; reconnecting and resubscribing are ours, so its
 * own are off. So is publishing: it would send again without DUP, one message at a time, and heed no Receive Maximum. Messages
 * go from the wire to the intake: MQTT.js acknowledges them, and sees nothing of what they are.
 */
export class MqttSession {
  readonly #client: MqttClient
  #stream: GuardedStream | null = null
  readonly #identifiers: ReturnType<SessionState['identifiers']['lend']>
  #online = false
  #ended = false
  #error: Error | null = null
  #grants: Grants | null = null
  #refusal: { failure: Failure; unsupportedVersion: boolean } | null = null
  #resumed = false
  #aliases = new OutgoingAliases(0)

  constructor(
    private readonly config: ConnectionConfig,
    readonly version: ProtocolVersion,
    private readonly events: SessionEvents,
    private readonly state: SessionState,
    private readonly log: PacketLog,
    private readonly intake: Intake,
  ) {
    this.#identifiers = state.identifiers.lend()
    this.#client = new MqttClient(() => this.#openStream(config), {
      ...clientOptionsOf(config, version),
      messageIdProvider: this.#identifiers,
      incomingStore: new IncomingStore(() => !this.#ended),
    })
    // Nothing is acknowledged after the end: a broker that keeps the session sends it again.
    this.#client.handleMessage = (_packet, done) => done(this.#ended ? new Error('the connection has ended') : undefined)
    this.#listen()
  }

  /** Whether the broker has accepted and the connection takes packets still. */
  get isOpen(): boolean {
    return this.#online && !this.#ended && this.#client.stream.writable
  }

  /** Most publishes of QoS 1 and 2 that may be unacknowledged at a time. */
  get receiveMaximum(): number {
    return receiveMaximumOf(this.#grants)
  }

  /** The highest QoS that the broker takes of a publish. */
  get maximumQos(): QoS {
    return this.#grants?.maximumQos ?? 2
  }

  /** Below which topic the broker wants to see responses; null: it does not say [3.2.2.3.15]. */
  get responseInformation(): string | null {
    return this.#grants?.responseInformation ?? null
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

  /** Writes a PUBLISH; `written` is told when the network has it. The packet identifier of QoS 0 is not sent. */
  publish(message: Publish, packetIdentifier: number, dup: boolean, written: () => void): PublishAttempt {
    const payload = Buffer.from(message.payload.buffer, message.payload.byteOffset, message.payload.byteLength)
    const { topic, qos, retain } = message
    const asked = message.properties ?? NO_PUBLISH_PROPERTIES
    const properties = this.version === '5.0' ? packedProperties(asked) : {}
    const packet: IPublishPacket = { cmd: 'publish', topic, payload, qos, retain, dup, messageId: packetIdentifier, properties }
    const plain = this.#pack(packet)
    const reasonCode = forbiddenBy(this.#grants, message, plain.byteLength)
    if (reasonCode !== null) return { kind: 'forbidden', reasonCode }
    if (!this.isOpen) return { kind: 'closed' }
    const canCarryAlias = asked.mayUseTopicAlias && forbiddenBy(this.#grants, message, plain.byteLength + TOPIC_ALIAS_BYTES) === null
    const alias = canCarryAlias ? this.#aliases.take(topic) : null
    const bytes = alias === null ? plain : this.#pack({ ...packet, topic: alias.isKnown ? '' : topic, properties: { ...properties, topicAlias: alias.alias } })
    this.#client.stream.write(bytes, (error) => {
      if (!error) written()
    })
    return { kind: 'written' }
  }

  /** Writes a PUBREL. */
  release(packetIdentifier: number): void {
    if (this.isOpen) this.#client.stream.write(this.#pack({ cmd: 'pubrel', messageId: packetIdentifier }))
  }

  /** Ends the connection with a DISCONNECT; no event comes after. Resolves when it is closed. */
  close(): Promise<void> {
    this.#ended = true
    this.#stream?.takeNoMore()
    this.#identifiers.clear()
    const { stream } = this.#client
    // A peer that no longer reads must not keep the socket.
    const timer = setTimeout(() => stream.destroy(), CLOSE_TIMEOUT_MS)
    return new Promise<void>((resolve) => {
      if (stream.destroyed) resolve()
      else stream.once('close', () => resolve())
      this.#client.end(!this.#online)
    }).then(() => clearTimeout(timer))
  }

  #pack(packet: Packet): Buffer {
    return generate(packet, { protocolVersion: this.version === '5.0' ? 5 : 4 })
  }

  #openStream(config: ConnectionConfig): GuardedStream {
    const version = this.version === '5.0' ? 5 : 4
    const tap = this.log.listen(brokerAddress(config), version)
    const stream = new GuardedStream((reader) => openTransport(config, reader, (peer) => this.events.secured(peer)), {
      version,
      tap,
      maximumPacketBytes: config.maximumPacketBytes,
      topicAliasMaximum: this.version === '5.0' ? config.connectOptions.topicAliasMaximum : 0,
      authenticates: this.version === '5.0' && config.connectOptions.authenticationMethod !== '',
      inlet: this.intake.openInlet(version === 5),
      sink: this.intake.sink,
      received: this.state.received,
      accepted: (session) => this.#onAccepted(session),
    })
    this.#stream = stream
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
      this.events.online(packet.sessionPresent, this.#resumed, this.#grants)
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
    if (this.#ended) return
    switch (packet.cmd) {
      case 'connack':
        this.#onConnack(packet)
        return
      case 'auth':
        this.#onAuth()
        return
      case 'puback':
      case 'pubrec':
      case 'pubcomp':
        this.events.acknowledged(packet)
        return
      default:
    }
  }

  /** Before the first message: whether identifiers of messages received before are void depends on it. */
  #onAccepted({ sessionPresent, assignedClientId }: AcceptedSession): void {
    // A name that the broker made up is ours from now on.
    const clientId = this.config.clientId || (assignedClientId ?? '')
    this.#resumed = this.state.begin({ ...this.config, clientId }, sessionPresent)
  }

  #onConnack(packet: IConnackPacket): void {
    const is5 = this.version === '5.0'
    // A server that does not know 5.0 answers in the form of 3.1.1: return code 1 [MQTT-3.1.2-2 of 3.1.1].
    const code = packet.reasonCode ?? packet.returnCode ?? 0
    if (code === 0) {
      this.#grants = is5 ? grantsOf(packet.properties, this.config) : null
      // MQTT.js takes the server's value only where we asked for one ourselves [MQTT-3.2.2-21].
      this.#client.options.keepalive = this.#grants?.keepaliveSeconds ?? this.config.keepaliveSeconds
      this.#aliases = new OutgoingAliases(this.config.connectOptions.sendTopicAliases ? (this.#grants?.topicAliasMaximum ?? 0) : 0)
      return
    }
    const unsupportedVersion = code === 0x84 || code === 0x01
    const reasonCode = code < 0x80 ? reasonCodeOfReturnCode(code) : code
    this.#refusal = {
      failure: failure('connack', '', { reasonCode, ...wordsOf(packet.properties) }),
      unsupportedVersion: is5 && unsupportedVersion,
    }
  }

  /** The broker wants a further step of an authentication of which we know the first one only [MQTT-4.12.0-2]. */
  #onAuth(): void {
    const { authenticationMethod } = this.config.connectOptions
    this.#refusal ??= { failure: failure('authentication-continues', authenticationMethod), unsupportedVersion: false }
    this.#client.stream.destroy()
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
    this.#identifiers.clear()
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

function wordsOf(properties: IConnackPacket['properties'] | IDisconnectPacket['properties']): Pick<Failure, 'brokerReason' | 'serverReference'> {
  return { brokerReason: shownText(properties?.reasonString), serverReference: shownText(properties?.serverReference) }
}
