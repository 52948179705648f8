import { MqttClient, type IConnackPacket, type IDisconnectPacket, type IPublishPacket, type Packet } from 'mqtt'
import { generate, type IPubackPacket, type IPubcompPacket, type IPubrecPacket } from 'mqtt-packet'
import type { Failure } from '@shared/connection/failure'
import { reasonCodeOfReturnCode } from '@shared/mqtt/reason-code'
import type { Publish } from '@shared/message/publish'
import type { QoS } from '@shared/mqtt/qos'
import type { ConnectionConfig } from '../engine-api'
import type { IncomingMessage } from '../history/message-log'
import { failure, failureOfError } from './failure-of'
import { IncomingStore } from './incoming-store'
import { forbiddenBy, NO_LIMITS, publishLimitsOf } from './publish-limits'
import { propertiesOf } from './publish-properties'
import type { SessionState } from './session-state'
import { probeHandshake } from './handshake-probe'
import { fetchPeerCertificates } from './peer-certificates'
import { isAboutPeerCertificate } from './tls-failure'
import { openTransport } from './transport'
import { GuardedStream } from '../wire/guarded-stream'
import type { TopicFault } from '@shared/mqtt/topic'

/** How long the broker shall keep a session that is not clean, once we are gone, in MQTT 5.0 [3.1.2.11.2]. */
export const SESSION_EXPIRY_SECONDS = 3_600
const CLOSE_TIMEOUT_MS = 1_000

/** Larger packets are refused rather than read into memory: the default of the product. */
const MAXIMUM_PACKET_BYTES = 64 * 1024 * 1024

export type ProtocolVersion = '5.0' | '3.1.1'

/** Answers to a publish of QoS 1 or 2. */
export type Acknowledgement = IPubackPacket | IPubrecPacket | IPubcompPacket

export interface SessionEvents {
  /** `resumed`: not only the broker has the session, but this client too. */
  online(sessionPresent: boolean, resumed: boolean): void
  acknowledged(acknowledgement: Acknowledgement): void
  message(message: IncomingMessage): void
  /** A message was left out because its topic name is illegal. */
  refused(fault: TopicFault): void
  /** The end, once and for all; `unsupportedVersion` when the broker refused just the protocol version. */
  ended(failure: Failure, unsupportedVersion: boolean): void
}

export type SubscribeResult = { kind: 'granted'; qos: QoS } | { kind: 'refused'; reasonCode: number } | { kind: 'lost' }
/** `forbidden`: the broker said in its CONNACK that it takes no such publish. */
export type PublishAttempt = { kind: 'written' } | { kind: 'forbidden'; reasonCode: number } | { kind: 'closed' }

/**
 * One network connection from CONNECT to its end. MQTT.js speaks the protocol; reconnecting and resubscribing are ours, so its
 * own are off. So is publishing: it would send again without DUP, one message at a time, and heed no Receive Maximum.
 */
export class MqttSession {
  readonly #client: MqttClient
  readonly #identifiers: ReturnType<SessionState['identifiers']['lend']>
  #online = false
  #ended = false
  #error: Error | null = null
  #refusal: { failure: Failure; unsupportedVersion: boolean } | null = null
  #resumed = false
  #limits = NO_LIMITS

  constructor(
    private readonly config: ConnectionConfig,
    readonly version: ProtocolVersion,
    private readonly events: SessionEvents,
    private readonly state: SessionState,
  ) {
    this.#identifiers = state.identifiers.lend()
    const is5 = version === '5.0'
    const keepsSession = is5 && !config.cleanStart
    this.#client = new MqttClient(() => this.#openStream(config), {
      protocolId: 'MQTT',
      protocolVersion: is5 ? 5 : 4,
      clientId: config.clientId,
      clean: config.cleanStart,
      keepalive: config.keepaliveSeconds,
      connectTimeout: config.connectTimeoutSeconds * 1_000,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      messageIdProvider: this.#identifiers,
      incomingStore: new IncomingStore(state.received, (packet) => this.#take(packet)),
      // MQTT.js stores a message of QoS 2 without the topic name its alias stands for.
      customHandleAcks: (topic, _payload, packet: IPublishPacket, done) => {
        packet.topic = topic
        done(0)
      },
      ...(config.username === '' ? {} : { username: config.username }),
      ...(config.password === null ? {} : { password: config.password }),
      ...(is5
        ? {
            properties: {
              // The server must not send more than we would read [MQTT-3.1.2-24].
              maximumPacketSize: MAXIMUM_PACKET_BYTES,
              ...(keepsSession ? { sessionExpiryInterval: SESSION_EXPIRY_SECONDS } : {}),
            },
          }
        : {}),
    })
    // What comes after the end is not acknowledged: a broker that keeps the session sends it again.
    this.#client.handleMessage = (_packet, done) => done(this.#ended ? new Error('the connection has ended') : undefined)
    this.#listen()
  }

  /** Whether the broker has accepted and the connection takes packets still. */
  get isOpen(): boolean {
    return this.#online && !this.#ended && this.#client.stream.writable
  }

  /** Most publishes of QoS 1 and 2 that may be unacknowledged at a time. */
  get receiveMaximum(): number {
    return this.#limits.receiveMaximum
  }

  /** Asks for the messages of a topic filter. */
  subscribe(filter: string, qos: QoS): Promise<SubscribeResult> {
    return new Promise((resolve) => {
      this.#client.subscribe(filter, { qos }, (error, _grants, packet) => {
        const code = packet?.granted[0]
        if (typeof code !== 'number') resolve({ kind: 'lost' })
        else if (code >= 0x80) resolve({ kind: 'refused', reasonCode: code })
        else if (error !== null) resolve({ kind: 'lost' })
        else resolve({ kind: 'granted', qos: code === 1 ? 1 : code === 2 ? 2 : 0 })
      })
    })
  }

  unsubscribe(filter: string): void {
    this.#client.unsubscribe(filter)
  }

  /** Writes a PUBLISH; `written` is told when the network has it. The packet identifier of QoS 0 is not sent. */
  publish(message: Publish, packetIdentifier: number, dup: boolean, written: () => void): PublishAttempt {
    const payload = Buffer.from(message.payload.buffer, message.payload.byteOffset, message.payload.byteLength)
    const { topic, qos, retain } = message
    const bytes = this.#pack({ cmd: 'publish', topic, payload, qos, retain, dup, messageId: packetIdentifier })
    const reasonCode = forbiddenBy(this.#limits, message, bytes.byteLength)
    if (reasonCode !== null) return { kind: 'forbidden', reasonCode }
    if (!this.isOpen) return { kind: 'closed' }
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
    const stream = new GuardedStream(openTransport(config), {
      version: this.version === '5.0' ? 5 : 4,
      maximumPacketBytes: MAXIMUM_PACKET_BYTES,
      topicAliasMaximum: 0,
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
      this.events.online(packet.sessionPresent, this.#resumed)
    })
    client.on('message', (topic, _payload, packet) => {
      // QoS 2 was taken when it came.
      if (packet.qos < 2) this.#take({ ...packet, topic })
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
      case 'puback':
      case 'pubrec':
      case 'pubcomp':
        this.events.acknowledged(packet)
        return
      default:
    }
  }

  #take(packet: IPublishPacket): boolean {
    if (this.#ended) return false
    this.events.message(incoming(packet))
    return true
  }

  #onConnack(packet: IConnackPacket): void {
    const is5 = this.version === '5.0'
    // A server that does not know 5.0 answers in the form of 3.1.1: return code 1 [MQTT-3.1.2-2 of 3.1.1].
    const code = packet.reasonCode ?? packet.returnCode ?? 0
    if (code === 0) {
      this.#limits = publishLimitsOf(packet, this.version)
      this.#resumed = this.state.begin(this.config, packet.sessionPresent)
      return
    }
    const unsupportedVersion = code === 0x84 || code === 0x01
    const reasonCode = code < 0x80 ? reasonCodeOfReturnCode(code) : code
    this.#refusal = {
      failure: failure('connack', '', { reasonCode, brokerReason: packet.properties?.reasonString ?? null }),
      unsupportedVersion: is5 && unsupportedVersion,
    }
  }

  #onDisconnect(packet: IDisconnectPacket): void {
    const reason = { reasonCode: packet.reasonCode ?? 0, brokerReason: packet.properties?.reasonString ?? null }
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

function incoming(packet: IPublishPacket): IncomingMessage {
  const { topic, qos, retain, dup } = packet
  const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
  return { topic, payload, qos, retain, dup, properties: propertiesOf(packet.properties) }
}
