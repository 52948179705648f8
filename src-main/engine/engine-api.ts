import type { ProbeOrder, ProbePiece } from '@shared/acl/probe'
import type { RunAction, RunFault, RunUnderWay } from '@shared/collections/run'
import type { LoggedSend } from '@shared/collections/send-log'
import type { ConnectionStatus, SubscriptionState } from '@shared/connection/connection'
import type { TlsPeer } from '@shared/connection/tls-peer'
import type { RequestResult } from '@shared/ipc/contract'
import type { OutboxChoice, OutboxCounts } from '@shared/message/outbox'
import type { PacketFileFormat, PacketFilter, PacketRecording, RenderedPacket } from '@shared/packets/packet-log'
import type { ReceivedMessage } from '@shared/message/message'
import type { Publish, PublishReceipt, PublishState } from '@shared/message/publish'
import type { FieldPath } from '@shared/payload/field-path'
import type { FieldValue, FieldValues } from '@shared/payload/field-value'
import type { AzureDevice } from '@shared/profile/azure-connection-string'
import type { ProfileDraft } from '@shared/profile/profile'
import type { QoS } from '@shared/mqtt/qos'
import type { Subscription } from '@shared/profile/subscription'
import type { TlsVersion } from '@shared/profile/tls'
import type { RowSpan } from '@shared/table/export'
import type { RetainedChoice, RetainedPlan, RetainedSelection } from '@shared/retained/retained'
import type { ViewSpec } from '@shared/views/view-spec'
import type { TopicNames } from './search/list-topics'
import type { FieldsRequest } from './fields/field-source'
import type { ReadingRule } from './fields/reading-rules'
import type { PointsPiece, PointsPlace } from './series/points-piece'
import type { ExchangeOrder, RunOrder } from './runs/run-order'

export type { EncodeText, RunMessage } from './runs/run-order'

/** How to speak TLS, with all files read: private keys included, it never leaves main. */
export interface TlsConfig {
  /** PEM texts of the authorities to trust; null: those of the system. */
  readonly authorities: readonly string[] | null
  readonly identity:
    | { readonly kind: 'none' }
    | { readonly kind: 'pem'; readonly certificates: string; readonly key: Uint8Array; readonly passphrase: string | null }
    | { readonly kind: 'pkcs12'; readonly bytes: Uint8Array; readonly passphrase: string | null }
  readonly serverName: string
  readonly alpnProtocols: readonly string[]
  readonly minimumVersion: TlsVersion
  readonly verifyCertificate: boolean
  readonly verifyHostName: boolean
  /** SHA-256 fingerprints, `AA:BB:…`, of server certificates that need no other proof. */
  readonly pinnedFingerprints: readonly string[]
}

/** A proxy, with what it wants to know of us. */
export interface Proxy {
  readonly kind: 'http' | 'https' | 'socks4' | 'socks5'
  readonly host: string
  readonly port: number
  /** Empty: we say nothing of who we are. */
  readonly username: string
  readonly password: string | null
}

/** One way to the broker. */
export type Route = { readonly kind: 'direct' } | Proxy

/** A header of the WebSocket handshake; its value is a secret. */
export interface Header {
  readonly name: string
  readonly value: string
}

/** What of a profile an engine need not know, or gets in another form. */
type Replaced = 'name' | 'group' | 'alternates' | 'tls' | 'credentials' | 'headerNames' | 'proxy'

/** Where a broker is, and how to get there. */
export interface BrokerPlace {
  readonly host: string
  readonly port: number
  /** In the order they are tried; at least one. */
  readonly routes: readonly Route[]
}

/** How to connect: what a profile says, secrets and files included: it never leaves main. */
export interface ConnectionConfig extends Readonly<Omit<ProfileDraft, Replaced>>, BrokerPlace {
  /** Tried in this order when the broker before cannot be reached. */
  readonly alternates: readonly BrokerPlace[]
  /** Of the WebSocket handshake. */
  readonly headers: readonly Header[]
  /** Of mqtts and wss; null for the others. */
  readonly tls: TlsConfig | null
  readonly password: string | null
  /** What goes with the authentication method, as UTF-8. */
  readonly authenticationData: string | null
  /** The device to sign in as at Azure IoT Hub, instead of user name, password and client identifier. */
  readonly azureDevice: AzureDevice | null
}

/** How an engine keeps what it receives. */
export interface Keeping {
  /** Most bytes the message log may hold. */
  readonly logBudgetBytes: number
  /** Whether a topic is forgotten when an empty retained message clears it. */
  readonly forgetClearedTopics: boolean
}

/** What an engine is started with. */
export interface EngineConfig extends Keeping {
  /** Topics that start out expanded. */
  readonly expandedTopics: readonly string[]
}

/** A part of the packet log as it is saved. */
export interface PacketPiece {
  readonly text: string
  /** How many lines of the log are in it. */
  readonly packets: number
  /** Where the next piece begins; null: this was the last. */
  readonly next: { readonly from: number; readonly until: number } | null
}

export type { FieldsRequest } from './fields/field-source'
export type { ReadingRule } from './fields/reading-rules'
export type { PointsPiece, PointsPlace } from './series/points-piece'

export type SuggestedTopic = RequestResult<'topics.suggest'>[number]

/** A message of the log; its payload is still to be read. */
export interface ReadMessage extends Pick<RequestResult<'messages.render'>, 'summary' | 'properties' | 'hasMoreProperties'> {
  readonly message: {
    readonly topic: string
    /** The start of the payload, a copy. */
    readonly payload: Uint8Array
    readonly totalBytes: number
    /** MQTT 5.0; null: not said. */
    readonly contentType: string | null
    readonly payloadFormatIndicator: 0 | 1 | null
  }
}

/** A message as it is exported; `fields` are those asked for, null where its payload has none. */
export interface TableMessage extends ReceivedMessage {
  readonly sequence: number
  readonly receivedAtMs: number
  readonly dup: boolean
  readonly fields: readonly FieldValue[]
}

/** Some of the messages that are exported. */
export interface TableExportPiece {
  readonly messages: readonly TableMessage[]
  /** How many between them the log has let go since. */
  readonly gone: number
  readonly isLast: boolean
}

/** A retained message as the broker told it. */
export interface RetainedMessage {
  readonly topic: string
  /** The payload, or only its start where that was too much to keep. */
  readonly payload: Uint8Array<ArrayBuffer>
  readonly payloadBytes: number
  /** Null: not known. */
  readonly qos: QoS | null
  /** MQTT 5.0 properties as they came, without their length; empty for none. */
  readonly properties: Uint8Array<ArrayBuffer>
  /** What its message expiry interval counts from [MQTT-3.3.2-6]. */
  readonly receivedAtMs: number
}

/** What a deletion took and can be brought back, and what was asked for to verify it. */
export interface DeletedRetained {
  readonly filters: readonly string[]
  readonly undoable: readonly RetainedMessage[]
}

/** What main may ask of an engine. */
export interface EngineApi {
  /** Connects, with these parameters from now on. */
  connect(config: ConnectionConfig): void
  /** Files changed since: takes effect with the next attempt to reconnect. */
  renewTls(tls: TlsConfig): void
  /** Resolves when the broker has been told and the network connection is closed. */
  disconnect(): Promise<void>
  /** Leaves the alternate broker it is online at for the preferred one; else does nothing. */
  returnToPreferred(): Promise<void>
  subscribe(subscription: Subscription): void
  unsubscribe(filter: string): void
  setPaused(paused: boolean): void
  openView(viewId: number, spec: ViewSpec): void
  updateView(viewId: number, spec: ViewSpec): void
  closeView(viewId: number): void
  acknowledgeView(viewId: number): void
  setExpanded(topic: string | null, expanded: boolean, recursive: boolean): void
  expandToDepth(topic: string | null, depth: number): void
  /** The topics that `text` most likely means, best first. */
  suggestTopics(text: string, limit: number): SuggestedTopic[]
  /** Topics with this text in them, and how many there are. */
  listTopics(text: string, limit: number): Promise<TopicNames>
  /** The log's budget, and whether cleared topics go, from now on. */
  configure(keeping: Keeping): void
  /** The points that a view of series shows, once all are read, in pieces: `at` is what the piece before said, null for the first. @throws {AppError} `view-closed` */
  readPoints(viewId: number, at: PointsPlace | null): Promise<PointsPiece>
  /** The answer to an event `fields`: those of each message. */
  takeFields(requestId: number, fields: readonly FieldValues[]): void
  /** By which rules the user has payloads read from now on; what they change is read anew. */
  setReadingRules(rules: readonly ReadingRule[]): void
  /** Expands the way to the topic; the row it has in the view now, or null. */
  reveal(viewId: number, topic: string): number | null
  /** @throws {AppError} `message-evicted` */
  readMessage(sequence: number, maxBytes: number): ReadMessage
  /** All of it, copied. @throws {AppError} `message-evicted` */
  readWhole(sequence: number): ReceivedMessage
  /**
   * The payload of a topic's message that was the last one when the message with this number came, or else of the first one
   * held after it. Null: there is none, or it is larger than `mostBytes`.
   */
  readNearest(topic: string, sequence: number, mostBytes: number): Uint8Array | null
  /**
   * Takes note of the rows that a view of a table has, once they are all there; `spans`: of those among them.
   * @throws {AppError} `export-gone`: there is no such table; `too-many`
   */
  beginExport(viewId: number, spans: readonly RowSpan[] | null, fields: readonly FieldPath[]): Promise<{ exportId: number; messages: number }>
  /** The next messages of an export. @throws {AppError} `export-gone` */
  readExport(exportId: number): Promise<TableExportPiece>
  endExport(exportId: number): void
  /** The number of the message of the same topic that came before this one; null when there is none, or it was let go. */
  sequenceBefore(sequence: number): number | null
  /** The number of a topic's last message; null when there is none, or it was let go. */
  lastSequence(topic: string): number | null
  /** `keepTrying` is for QoS 0 alone: it then waits for a connection too. @throws {AppError} `too-many` */
  publish(message: Publish, keepTrying?: boolean): PublishReceipt
  /** Takes back publishes that wait, forgets unconfirmed ones; how many. */
  dropPublishes(choice: OutboxChoice): number
  /** Sends unconfirmed publishes as new ones; how many. */
  sendAnew(choice: OutboxChoice): number
  /**
   * Asks the broker for its retained messages; what comes shows in a view. False when they are being dealt with already.
   * @throws {AppError} `connection-not-online`, `retained-not-kept`
   */
  askRetained(filters: readonly string[]): boolean
  /** Ends what is being done with them. */
  cancelRetained(): void
  /** Forgets the list; what deletes or restores is finished. */
  leaveRetained(): void
  selectRetained(selection: RetainedSelection): void
  /** What deleting would do, as far as the engine knows. */
  planRetained(choice: RetainedChoice): Omit<RetainedPlan, 'displaces'>
  /** Deletes and verifies; the messages that can be brought back. @throws {AppError} as `askRetained`, `retained-busy` */
  deleteRetained(choice: RetainedChoice): Promise<DeletedRetained>
  /** Brings messages back and verifies; the topics that could be tried again. @throws {AppError} as `deleteRetained` */
  restoreRetained(messages: readonly RetainedMessage[], filters: readonly string[]): Promise<string[]>
  /** Asks the broker what it allows; the number of the probe. @throws {AppError} `connection-not-online` */
  startAclProbe(order: ProbeOrder): number
  /** Its answers that are new, as soon as there are any. */
  readAclProbe(probeId: number): Promise<ProbePiece>
  cancelAclProbe(): void
  /** Returns the run's number. @throws {AppError} `connection-not-online`, `too-many` */
  startRun(order: RunOrder): number
  controlRun(runId: number, action: RunAction): void
  runsUnderWay(): RunUnderWay[]
  /** Why the request could not be made, or null. @throws {AppError} `connection-not-online` */
  startExchange(order: ExchangeOrder): Promise<RunFault | null>
  controlExchange(action: 'cancel' | 'dismiss'): void
  /** Some of the send log after that number, oldest first; none: that was all. */
  readSends(failedOnly: boolean, after: number): LoggedSend[]
  clearSends(): void
  recordPackets(recording: PacketRecording): void
  clearPackets(): void
  /** @throws {AppError} `packet-evicted` */
  renderPacket(sequence: number): RenderedPacket
  /** The packets that the filter lets through, in pieces: `at` is what the piece before said, null for the first. */
  writePackets(filter: PacketFilter, format: PacketFileFormat, at: PacketPiece['next']): PacketPiece
}

/** What an engine says unasked. */
export type EngineEvent =
  | { kind: 'status'; status: ConnectionStatus }
  /** The server of a TLS connection is verified; comes before the status `online`. */
  | { kind: 'peer'; peer: TlsPeer }
  | { kind: 'subscriptions'; subscriptions: SubscriptionState[] }
  | { kind: 'outbox'; counts: OutboxCounts }
  | { kind: 'frame'; viewId: number; bytes: Uint8Array<ArrayBuffer> }
  /** Fields are wanted of payloads that the engine does not read itself; to be answered by `takeFields`. */
  | { kind: 'fields'; request: FieldsRequest }
  | { kind: 'publish'; publishId: number; state: PublishState }
