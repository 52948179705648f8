import type { ProbeOrder, ProbePiece } from '@shared/acl/probe'
import type { RunAction, RunFault, RunUnderWay } from '@shared/collections/run'
import type { LoggedSend } from '@shared/collections/send-log'
import { AppError } from '@shared/ipc/app-error'
import type { ReceivedMessage } from '@shared/message/message'
import type { OutboxChoice, OutboxCounts } from '@shared/message/outbox'
import type { PacketFileFormat, PacketFilter, PacketRecording, RenderedPacket } from '@shared/packets/packet-log'
import type { FieldPath } from '@shared/payload/field-path'
import type { FieldValues } from '@shared/payload/field-value'
import type { Publish, PublishReceipt } from '@shared/message/publish'
import type { RetainedChoice, RetainedPlan, RetainedSelection } from '@shared/retained/retained'
import type { Subscription } from '@shared/profile/subscription'
import type { RowSpan } from '@shared/table/export'
import type { ViewSpec } from '@shared/views/view-spec'
import { ProbeDesk } from './acl-probe/probe-desk'
import { ConnectionMachine, type ConnectionEvents } from './connection/connection-machine'
import { SessionState } from './connection/session-state'
import { Subscriptions } from './connection/subscriptions'
import type {
  ConnectionConfig,
  DeletedRetained,
  EngineApi,
  EngineConfig,
  EngineEvent,
  Keeping,
  PacketPiece,
  PointsPiece,
  PointsPlace,
  ReadingRule,
  ReadMessage,
  RetainedMessage,
  SuggestedTopic,
  TableExportPiece,
  TlsConfig,
} from './engine-api'
import { FieldReader } from './fields/field-reader'
import { FieldSource } from './fields/field-source'
import { nearestOf } from './history/nearest-message'
import type { LoggedMessage } from './history/read-message'
import { Ingest } from './ingest/ingest'
import { PacketLog } from './packet-log/packet-log'
import { renderPacket, writePackets } from './packet-log/packet-text'
import { Paced } from './publish/paced'
import { Publisher } from './publish/publisher'
import { RetainedDesk } from './retained/retained-desk'
import { Arrivals } from './runs/arrivals'
import type { EncodeText, ExchangeOrder, RunOrder } from './runs/run-order'
import { Sending } from './runs/sending'
import { listTopics, type TopicNames } from './search/list-topics'
import { suggestTopics } from './search/suggest-topics'
import { TableExports } from './table/table-exports'
import { NO_NODE, ROOT, type NodeId } from './topics/node-id'
import { summaryOf } from './views/topic-view'
import { ViewHost } from './views/view-host'
import { firstPropertiesOf, publishPropertiesOf } from './wire/publish-properties'

/** How long a disconnect waits for what the broker has yet to answer. */
const LAST_ANSWERS_MS = 500
/** How often it is told what is in the outbox while a run fills and empties it. */
const OUTBOX_NEWS_EVERY_MS = 50
/** How many of the send log are read at a time. */
const SENDS_A_PIECE = 1_000

/**
 * One connection with all that belongs to it: client, topic tree, message log, views.
 * Plain Node code: a worker thread runs it in the app, a test or a benchmark runs it as it is.
 */
export class Engine implements EngineApi {
  readonly #ingest: Ingest
  readonly #connection: ConnectionMachine
  readonly #subscriptions: Subscriptions
  readonly #publisher: Publisher
  readonly #sending: Sending
  readonly #views: ViewHost
  readonly #packets = new PacketLog()
  readonly #exports: TableExports
  readonly #retained = new RetainedDesk(() => this.#connection.place)
  readonly #probes = new ProbeDesk(() => this.#connection.place)

  /** `encode`: makes bytes of texts in formats that need more than an engine knows. */
  constructor(config: EngineConfig, emit: (event: EngineEvent) => void, encode: EncodeText) {
    this.#ingest = new Ingest(config)
    const fields = new FieldReader(this.#ingest.tree, new FieldSource((request) => emit({ kind: 'fields', request })))
    this.#exports = new TableExports(this.#ingest.tree, this.#ingest.log, fields)
    this.#subscriptions = new Subscriptions((subscriptions) =>
      emit({ kind: 'subscriptions', subscriptions }),
    )
    const sessionState = new SessionState()
    const outbox = new Paced<OutboxCounts>(OUTBOX_NEWS_EVERY_MS, (counts) => emit({ kind: 'outbox', counts }))
    this.#publisher = new Publisher(sessionState.identifiers, {
      updated: (publishId, state) => {
        if (!this.#sending.updated(publishId, state)) emit({ kind: 'publish', publishId, state })
      },
      countsChanged: (counts) => {
        if (this.#sending.isRunning) outbox.soon(counts)
        else outbox.now(counts)
        this.#sending.roomChanged()
      },
    })
    this.#sending = new Sending(this.#publisher, this.#subscriptions, new Arrivals(this.#ingest), encode)
    const frame = (viewId: number, bytes: Uint8Array<ArrayBuffer>): void => emit({ kind: 'frame', viewId, bytes })
    this.#views = new ViewHost(this.#ingest, this.#publisher, this.#sending, this.#packets, this.#retained, frame, fields)
    const events: ConnectionEvents = {
      status: (status) => emit({ kind: 'status', status }),
      secured: (peer) => emit({ kind: 'peer', peer }),
      online: (session, resumed) => {
        this.#subscriptions.attach(session)
        this.#publisher.attach(session, resumed)
        this.#sending.attach(session)
      },
      gone: () => {
        this.#subscriptions.detach()
        this.#sending.detach()
        this.#publisher.detach()
      },
      settled: () => this.#publisher.quiet(LAST_ANSWERS_MS),
      acknowledged: (acknowledgement) => this.#publisher.acknowledged(acknowledgement),
    }
    this.#connection = new ConnectionMachine(events, sessionState, this.#packets, this.#ingest)
  }

  connect(config: ConnectionConfig): void {
    // The filters of a connection that is up were asked for already; others count from the next connect on.
    if (this.#connection.active) return
    this.#subscriptions.configure(config.subscriptions)
    this.#connection.connect(config)
  }

  renewTls(tls: TlsConfig): void {
    this.#connection.renewTls(tls)
  }

  async disconnect(): Promise<void> {
    await this.#publisher.quiet(LAST_ANSWERS_MS)
    await this.#connection.disconnect()
  }

  async returnToPreferred(): Promise<void> {
    await this.#publisher.quiet(LAST_ANSWERS_MS)
    this.#connection.returnToPreferred()
  }

  subscribe(subscription: Subscription): void {
    this.#subscriptions.add(subscription)
  }

  unsubscribe(filter: string): void {
    this.#subscriptions.remove(filter)
  }

  setPaused(paused: boolean): void {
    this.#views.setPaused(paused)
  }

  openView(viewId: number, spec: ViewSpec): void {
    this.#views.open(viewId, spec)
  }

  updateView(viewId: number, spec: ViewSpec): void {
    this.#views.update(viewId, spec)
  }

  closeView(viewId: number): void {
    this.#views.close(viewId)
  }

  acknowledgeView(viewId: number): void {
    this.#views.acknowledge(viewId)
  }

  async readPoints(viewId: number, at: PointsPlace | null): Promise<PointsPiece> {
    const piece = await this.#views.readPoints(viewId, at)
    if (piece === null) throw new AppError('view-closed', 'The chart was closed before its points were read', { viewId })
    return piece
  }

  takeFields(requestId: number, fields: readonly FieldValues[]): void {
    this.#views.takeFields(requestId, fields)
  }

  setReadingRules(rules: readonly ReadingRule[]): void {
    this.#views.setReadingRules(rules)
  }

  setExpanded(topic: string | null, expanded: boolean, recursive: boolean): void {
    const node = this.#nodeOf(topic)
    if (node !== NO_NODE) this.#views.setExpanded(node, expanded, recursive)
  }

  expandToDepth(topic: string | null, depth: number): void {
    const node = this.#nodeOf(topic)
    if (node !== NO_NODE) this.#views.expandToDepth(node, depth)
  }

  suggestTopics(text: string, limit: number): SuggestedTopic[] {
    return suggestTopics(this.#ingest.tree, text, limit)
  }

  listTopics(text: string, limit: number): Promise<TopicNames> {
    return listTopics(this.#ingest.tree, text, limit)
  }

  configure({ logBudgetBytes, forgetClearedTopics }: Keeping): void {
    this.#ingest.log.budgetBytes = logBudgetBytes
    this.#ingest.forgetClearedTopics = forgetClearedTopics
  }

  reveal(viewId: number, topic: string): number | null {
    const node = this.#ingest.tree.findTopic(topic)
    return node === NO_NODE ? null : this.#views.reveal(viewId, node)
  }

  readMessage(sequence: number, maxBytes: number): ReadMessage {
    const message = this.#find(sequence)
    const { contentType, payloadFormatIndicator } = publishPropertiesOf(message.properties)
    return {
      message: {
        topic: this.#ingest.tree.topicOf(message.topic),
        // A copy: the log's own bytes will hold other messages.
        payload: Uint8Array.from(message.payload.subarray(0, maxBytes)),
        totalBytes: message.payload.byteLength,
        contentType,
        payloadFormatIndicator,
      },
      summary: summaryOf(message),
      ...firstPropertiesOf(message.properties),
    }
  }

  readWhole(sequence: number): ReceivedMessage {
    const { topic, payload, qos, retain, properties } = this.#find(sequence)
    return {
      topic: this.#ingest.tree.topicOf(topic),
      payload: Uint8Array.from(payload),
      qos,
      retain,
      properties: publishPropertiesOf(properties),
    }
  }

  readNearest(topic: string, sequence: number, mostBytes: number): Uint8Array | null {
    const node = this.#nodeOf(topic)
    const payload = node === NO_NODE ? undefined : nearestOf(this.#ingest.log, node, sequence)?.payload
    return payload === undefined || payload.byteLength > mostBytes ? null : Uint8Array.from(payload)
  }

  async beginExport(viewId: number, spans: readonly RowSpan[] | null, fields: readonly FieldPath[]): Promise<{ exportId: number; messages: number }> {
    return this.#exports.begin(await this.#views.tableRows(viewId), spans, fields)
  }

  readExport(exportId: number): Promise<TableExportPiece> {
    return this.#exports.read(exportId)
  }

  endExport(exportId: number): void {
    this.#exports.end(exportId)
  }

  sequenceBefore(sequence: number): number | null {
    return this.#ingest.log.olderOf(sequence) || null
  }

  lastSequence(topic: string): number | null {
    const node = this.#nodeOf(topic)
    return node === NO_NODE ? null : (this.#ingest.log.lastOf(node)?.sequence ?? null)
  }

  publish(message: Publish, keepTrying = false): PublishReceipt {
    return this.#sending.publish(message, keepTrying)
  }

  startRun(order: RunOrder): number {
    return this.#sending.startRun(order)
  }

  controlRun(runId: number, action: RunAction): void {
    this.#sending.controlRun(runId, action)
  }

  runsUnderWay(): RunUnderWay[] {
    return this.#sending.runsUnderWay
  }

  startExchange(order: ExchangeOrder): Promise<RunFault | null> {
    return this.#sending.startExchange(order)
  }

  controlExchange(action: 'cancel' | 'dismiss'): void {
    this.#sending.controlExchange(action)
  }

  readSends(failedOnly: boolean, after: number): LoggedSend[] {
    return this.#sending.log.after(after, failedOnly, SENDS_A_PIECE)
  }

  clearSends(): void {
    this.#sending.log.clear()
  }

  dropPublishes(choice: OutboxChoice): number {
    return this.#publisher.drop(choice)
  }

  sendAnew(choice: OutboxChoice): number {
    return this.#publisher.sendAnew(choice)
  }

  askRetained(filters: readonly string[]): boolean {
    return this.#retained.ask(filters)
  }

  cancelRetained(): void {
    this.#retained.cancel()
  }

  leaveRetained(): void {
    this.#retained.leave()
  }

  selectRetained(selection: RetainedSelection): void {
    this.#retained.select(selection)
  }

  planRetained(choice: RetainedChoice): Omit<RetainedPlan, 'displaces'> {
    return this.#retained.plan(choice)
  }

  deleteRetained(choice: RetainedChoice): Promise<DeletedRetained> {
    return this.#retained.delete(choice)
  }

  restoreRetained(messages: readonly RetainedMessage[], filters: readonly string[]): Promise<string[]> {
    return this.#retained.restore(messages, filters)
  }

  startAclProbe(order: ProbeOrder): number {
    return this.#probes.start(order)
  }

  readAclProbe(probeId: number): Promise<ProbePiece> {
    return this.#probes.next(probeId)
  }

  cancelAclProbe(): void {
    this.#probes.cancel()
  }

  recordPackets(recording: PacketRecording): void {
    this.#packets.record(recording)
  }

  clearPackets(): void {
    this.#packets.clear()
  }

  renderPacket(sequence: number): RenderedPacket {
    const entry = this.#packets.entries.find(sequence)
    if (entry === undefined) throw new AppError('packet-evicted', 'The packet is no longer in the log', { sequence })
    return renderPacket(entry)
  }

  writePackets(filter: PacketFilter, format: PacketFileFormat, at: PacketPiece['next']): PacketPiece {
    return writePackets(this.#packets, filter, format, at)
  }

  /** Ends everything, for good. */
  async dispose(): Promise<void> {
    this.#views.closeAll()
    this.#retained.cancel()
    this.#probes.cancel()
    await this.disconnect()
  }

  #nodeOf(topic: string | null): NodeId {
    return topic === null ? ROOT : this.#ingest.tree.findTopic(topic)
  }

  #find(sequence: number): LoggedMessage {
    const message = this.#ingest.log.read(sequence)
    if (message === null) throw new AppError('message-evicted', 'The message is no longer in the log', { sequence })
    return message
  }
}
