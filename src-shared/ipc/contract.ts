import { MAX_LISTED_TOPICS } from '@shared/acl/matrix'
import { matrixRequests } from '@shared/acl/matrix-requests'
import { aclRequests } from '@shared/acl/acl-requests'
import { expectationsRequests } from '@shared/acl/expectations-requests'
import { certificateReportSchema, fileOpeningSchema } from '@shared/certificates/certificate-report'
import {
  certificateOrderSchema,
  exportOrderSchema,
  madeCertificateSchema,
  profileCertificateSchema,
} from '@shared/certificates/made-certificate'
import { expirySchema } from '@shared/certificates/expiry'
import { chartRequests } from '@shared/charts/chart-requests'
import { collectionRequests } from '@shared/collections/collection-requests'
import { runUnderWaySchema } from '@shared/collections/run'
import { connectionIdSchema, connectionSchema } from '@shared/connection/connection'
import { tlsPeerSchema } from '@shared/connection/tls-peer'
import { marksSchema } from '@shared/marks/marks'
import { messageSummarySchema, receivedMessageSchema } from '@shared/message/message'
import { outboxChoiceSchema } from '@shared/message/outbox'
import { MAX_PUBLISH_BYTES, publishReceiptSchema, publishSchema, publishStateSchema } from '@shared/message/publish'
import {
  packetFileFormatSchema,
  packetFilterSchema,
  packetRecordingSchema,
  renderedPacketSchema,
} from '@shared/packets/packet-log'
import { listedPublishSchema } from '@shared/publish/publish-history'
import { publishTabsSchema } from '@shared/publish/publish-tabs'
import { environmentsSchema } from '@shared/template/environments'
import { comparedPayloadsSchema, comparedSchema } from '@shared/payload/comparison'
import { editablePayloadSchema, payloadToEditSchema } from '@shared/payload/editable'
import { fieldPathSchema } from '@shared/payload/field-path'
import { expansionSchema, foundTextSchema, MAX_OUTLINE_ROWS, outlineSchema, rowLengthSchema, textRowsSchema } from '@shared/payload/outline'
import { formatChoiceSchema, readingSchema, schemaIdSchema } from '@shared/payload/reading'
import { renderedPayloadSchema } from '@shared/payload/rendered-payload'
import { headersChangeSchema, passwordChangeSchema, passwordStorageSchema, profileDraftSchema, profileSchema } from '@shared/profile/profile'
import { subscriptionSchema } from '@shared/profile/subscription'
import { certificateFileSchema, certificatePurposeSchema } from '@shared/profile/tls'
import { probeRequests } from '@shared/acl/probe-requests'
import { retainedRequests } from '@shared/retained/retained-requests'
import { z } from '@shared/schema'
import { payloadRulesSchema } from '@shared/schemas/payload-rules'
import { jsonProblemSchema, listedSchemaSchema, schemaFileSchema, schemaRefusalSchema } from '@shared/schemas/schema-file'
import {
  exportResultSchema,
  foundSourceSchema,
  importChoiceSchema,
  importResultSchema,
  MIN_PASSPHRASE_LENGTH,
  openedSchema,
  passphraseSchema,
  previewSchema,
} from '@shared/transfer/preview'
import { MAX_ENTRIES } from '@shared/transfer/candidate'
import { settingsPatchSchema, settingsSchema } from '@shared/settings/settings'
import { exportFormatSchema, exportProgressSchema, MAX_ROW_SPANS, rowSpanSchema } from '@shared/table/export'
import { tableSettingsSchema } from '@shared/table/table-settings'
import { MAX_TABLE_FIELDS, viewSpecSchema } from '@shared/views/view-spec'
import { appInfoSchema, noticeSchema } from './app-info'

function request<Args extends z.ZodType, Result extends z.ZodType>(args: Args, result: Result) {
  return { args, result }
}

const nothing = z.undefined()
const profileId = z.strictObject({ profileId: z.uuid() })
const connectionId = z.strictObject({ connectionId: connectionIdSchema })
const outboxChoice = connectionId.extend({ choice: outboxChoiceSchema })
const certificateId = z.strictObject({ certificateId: z.uuid() })
const viewId = z.strictObject({ viewId: z.number().int() })
/** A message, or a packet of the packet log. */
const messageAt = connectionId.extend({ sequence: z.number().int().min(1) })
const schemaId = connectionId.extend({ schemaId: schemaIdSchema })
const topicPath = z.string().max(65_535)
/** How the text of a message is read to the end. With an expression: what JSONata makes of it. */
const documentOf = messageAt.extend({
  topic: topicPath,
  reading: readingSchema.nullable(),
  expression: z.string().min(1).max(10_000).nullable(),
})
const documentRows = { firstRow: z.number().int().min(0), rowCount: z.number().int().min(1).max(MAX_OUTLINE_ROWS) }
const importId = z.strictObject({ importId: z.uuid() })
/** Most characters of pasted commands. */
const MAX_PASTED_LENGTH = 1_000_000

/** What the page may ask of main: channel → schema of its argument and of its result. */
export const requests = {
  'app.read-info': request(nothing, appInfoSchema),
  'app.copy-text': request(z.strictObject({ text: z.string() }), nothing),
  'app.dismiss-notice': request(z.strictObject({ noticeId: z.number().int() }), nothing),

  'settings.read': request(nothing, settingsSchema),
  'settings.update': request(settingsPatchSchema, settingsSchema),

  'profiles.list': request(nothing, z.array(profileSchema)),
  /** Makes the profile when `profileId` is null. */
  'profiles.save': request(
    z.strictObject({
      profileId: z.uuid().nullable(),
      draft: profileDraftSchema,
      password: passwordChangeSchema,
      passphrase: passwordChangeSchema,
      proxyPassword: passwordChangeSchema,
      headers: headersChangeSchema,
      authenticationData: passwordChangeSchema,
    }),
    profileSchema,
  ),
  'profiles.duplicate': request(profileId.extend({ name: profileDraftSchema.shape.name }), profileSchema),
  'profiles.delete': request(profileId, nothing),
  /** Moves a profile in the list, and into another group where one is named. */
  'profiles.move': request(
    profileId.extend({ toIndex: z.number().int().min(0), group: profileDraftSchema.shape.group.optional() }),
    z.array(profileSchema),
  ),

  /** Lets the user choose a file, which main copies or remembers the place of; null when they chose none. */
  'certificates.choose': request(
    z.strictObject({ purpose: certificatePurposeSchema, kind: z.enum(['copy', 'reference']) }),
    certificateFileSchema.nullable(),
  ),
  /** Lets the user choose a file and tells what its certificates say. */
  'certificates.open-file': request(nothing, fileOpeningSchema),
  /** Opens the file that asked for its password. */
  'certificates.unlock-file': request(z.strictObject({ password: z.string().max(1_000) }), fileOpeningSchema),
  /** The certificate files that profiles use, and one of them opened. */
  'certificates.list-used': request(nothing, z.array(profileCertificateSchema)),
  'certificates.open-used': request(z.strictObject({ fileId: z.uuid() }), fileOpeningSchema),
  'certificates.list-made': request(nothing, z.array(madeCertificateSchema)),
  'certificates.read-made': request(certificateId, certificateReportSchema),
  'certificates.make': request(certificateOrderSchema, madeCertificateSchema),
  /** Writes to a file the user names; false when they name none. */
  'certificates.export': request(certificateId.extend({ order: exportOrderSchema }), z.boolean()),
  'certificates.delete': request(certificateId, nothing),

  /** The certificates, of profiles and of the servers they are connected to, that have expired or soon will. */
  'certificates.list-expiries': request(nothing, z.array(expirySchema)),

  /** Settings of other programs on this computer that profiles can be taken from. */
  'transfer.find-sources': request(nothing, z.array(foundSourceSchema)),
  'transfer.open-source': request(z.strictObject({ index: z.number().int().min(0) }), openedSchema),
  /** Lets the user choose a file with profiles of ours or another program's; null when they chose none. */
  'transfer.choose-file': request(nothing, openedSchema.nullable()),
  'transfer.read-text': request(z.strictObject({ text: z.string().max(MAX_PASTED_LENGTH) }), openedSchema),
  'transfer.unlock': request(importId.extend({ passphrase: passphraseSchema }), previewSchema),
  /** Brings the chosen profiles in, all or none. */
  'transfer.import': request(
    importId.extend({
      choices: z.array(importChoiceSchema).min(1).max(MAX_ENTRIES),
      /** How the passwords among them are kept. */
      storage: passwordStorageSchema.exclude(['none']),
    }),
    importResultSchema,
  ),
  /** Forgets what was read; the dialog was closed. */
  'transfer.discard': request(importId, nothing),
  /** Writes profiles to a file the user chooses: with their secrets under a passphrase, or without. Null when they chose none. */
  'transfer.export': request(
    z.strictObject({
      profileIds: z.array(z.uuid()).min(1).max(MAX_ENTRIES),
      passphrase: passphraseSchema.min(MIN_PASSPHRASE_LENGTH).nullable(),
    }),
    exportResultSchema.nullable(),
  ),

  /** Trusts a self-signed certificate that the server of a failed connection showed, and connects again. */
  'connections.trust-certificate': request(connectionId.extend({ fingerprint: z.string().max(200) }), nothing),
  /** Accepts the certificate that the server of a failed connection showed, whatever is wrong with it, and connects again. */
  'connections.pin-certificate': request(connectionId.extend({ fingerprint: z.string().max(200) }), nothing),
  /** The server at the other end of a TLS connection; null when there is none. */
  'connections.read-peer': request(connectionId, tlsPeerSchema.nullable()),

  'connections.list': request(nothing, z.array(connectionSchema)),
  /** Opens a tab for a profile, or finds the one it has, and connects when asked. */
  'connections.open': request(profileId.extend({ connect: z.boolean() }), connectionSchema),
  'connections.open-demo': request(nothing, connectionSchema),
  'connections.connect': request(connectionId, nothing),
  'connections.disconnect': request(connectionId, nothing),
  /** Leaves an alternate broker for the preferred one of the profile. */
  'connections.return-to-preferred': request(connectionId, nothing),
  /** Runs under way, which end with the tab; none where the engine does not say in time. */
  'connections.list-runs': request(connectionId, z.array(runUnderWaySchema)),
  'connections.close': request(connectionId, nothing),
  'connections.select': request(z.strictObject({ connectionId: connectionIdSchema.nullable() }), nothing),
  'connections.set-paused': request(connectionId.extend({ paused: z.boolean() }), nothing),
  'connections.subscribe': request(connectionId.extend({ subscription: subscriptionSchema }), nothing),
  'connections.unsubscribe': request(connectionId.extend({ filter: topicPath }), nothing),
  /** Keeps a connection made from the command line as a profile. Its password is kept only in the given way. */
  'connections.save-as-profile': request(
    connectionId.extend({ name: profileDraftSchema.shape.name }),
    profileSchema,
  ),

  'views.open': request(connectionId.extend({ spec: viewSpecSchema }), viewId),
  'views.update': request(viewId.extend({ spec: viewSpecSchema }), nothing),
  'views.close': request(viewId, nothing),
  /** Gives back the credit of one frame; without credit the engine sends none. */
  'views.acknowledge': request(viewId, nothing),

  /** Expands or collapses a topic, with all below it when `recursive`; the topic null means every top level. */
  'topics.set-expanded': request(
    connectionId.extend({ topic: topicPath.nullable(), expanded: z.boolean(), recursive: z.boolean() }),
    nothing,
  ),
  /** Expands everything down to `depth` levels below a topic (null: below the root) and collapses what is deeper. */
  'topics.expand-to-depth': request(
    connectionId.extend({ topic: topicPath.nullable(), depth: z.number().int().min(1).max(100) }),
    nothing,
  ),
  /** The topics that `text` most likely means, best first: parts of them in this order, in any case. */
  'topics.suggest': request(
    connectionId.extend({ text: z.string().max(1_000), limit: z.number().int().min(1).max(100) }),
    z.array(z.strictObject({ topic: z.string(), messages: z.number().int() })),
  ),
  /** Topics that have `text` in them, in any case and no order, and how many there are. */
  'topics.list-names': request(
    connectionId.extend({ text: z.string().max(1_000), limit: z.number().int().min(1).max(MAX_LISTED_TOPICS) }),
    z.strictObject({ topics: z.array(z.string()), total: z.number().int() }),
  ),
  /** Expands the way to a topic and says in which row it stands now, or null when the view does not show it. */
  'topics.reveal': request(
    viewId.extend({ topic: topicPath }),
    z.strictObject({ row: z.number().int().nullable() }),
  ),

  /** What the user marked in the topic tree of a connection; kept with its profile where it has one. */
  'marks.read': request(connectionId, marksSchema),
  'marks.update': request(connectionId.extend({ marks: marksSchema }), nothing),

  ...aclRequests,
  ...expectationsRequests,
  ...chartRequests,

  /** A message of the log to look at, at most `maxBytes` of its payload. `reading` null: as the user's rules say, or else as it looks. */
  'messages.render': request(
    messageAt.extend({ reading: readingSchema.nullable(), maxBytes: z.number().int().min(0) }),
    z.strictObject({
      topic: z.string(),
      summary: messageSummarySchema,
      payload: renderedPayloadSchema,
      /** MQTT 5.0 PUBLISH properties as name and value, in the order they came. */
      properties: z.array(z.strictObject({ name: z.string(), value: z.string() })),
      /** Whether the message has more properties than these. */
      hasMoreProperties: z.boolean(),
    }),
  ),
  'messages.read': request(messageAt, receivedMessageSchema),
  /** Lets the user choose a file and writes the payload to it as it came; null when they chose none. */
  'payloads.save': request(
    messageAt.extend({ extension: z.string().regex(/^[a-z0-9]{1,8}$/) }),
    z.strictObject({ name: z.string(), bytes: z.number().int() }).nullable(),
  ),
  /** Rows of the tree of all values of a payload, however large. */
  'payloads.read-outline': request(documentOf.extend({ expansion: expansionSchema, ...documentRows }), outlineSchema),
  /** The value at a path as it was written; null where there is none. */
  'payloads.read-value': request(documentOf.extend({ path: fieldPathSchema }), z.string().nullable()),
  /** Rows of the text of a payload, however long. */
  'payloads.read-text-rows': request(documentOf.extend({ rowLength: rowLengthSchema, ...documentRows }), textRowsSchema),
  /** Looks for a text, whatever its case, from a place on; null where there is none. */
  'payloads.find-text': request(
    documentOf.extend({
      rowLength: rowLengthSchema,
      sought: z.string().min(1).max(1_000),
      from: z.strictObject({ row: z.number().int().min(0), column: z.number().int().min(0) }),
      backwards: z.boolean(),
    }),
    foundTextSchema.nullable(),
  ),
  /** How two payloads differ; null when one of them is no longer kept. Numbers differ when they lie further apart than `tolerance`. */
  'payloads.compare': request(
    z.strictObject({ before: comparedSchema, after: comparedSchema, tolerance: z.number().min(0) }),
    comparedPayloadsSchema.nullable(),
  ),
  /** `keepTrying`: whether a message of QoS 0 waits for the connection, as those of QoS 1 and 2 do. */
  'messages.publish': request(connectionId.extend({ message: publishSchema, keepTrying: z.boolean() }), publishReceiptSchema),

  /** Lets the user choose a file as payload; null when they chose none. */
  'messages.choose-file': request(
    nothing,
    z.strictObject({ fileId: z.uuid(), name: z.string(), bytes: z.number().int() }).nullable(),
  ),
  /** Publishes what the file holds now. */
  'messages.publish-file': request(
    connectionId.extend({ fileId: z.uuid(), message: publishSchema.omit({ payload: true }), keepTrying: z.boolean() }),
    publishReceiptSchema,
  ),

  /** The messages the user is writing, and what they published; kept with the profile of a connection where it has one. */
  'publish-tabs.read': request(connectionId, publishTabsSchema),
  'publish-tabs.update': request(connectionId.extend({ tabs: publishTabsSchema }), nothing),
  'publish-history.list': request(connectionId, z.array(listedPublishSchema)),
  'publish-history.read': request(connectionId.extend({ entryId: z.uuid() }), receivedMessageSchema),
  'publish-history.clear': request(connectionId, nothing),
  /** Values for templates; kept as the marks are. */
  'environments.read': request(connectionId, environmentsSchema),
  'environments.update': request(connectionId.extend({ environments: environmentsSchema }), nothing),

  /** The bytes that a text stands for in a format, whose schema is one of the connection's. */
  'payloads.encode': request(
    connectionId.extend({ text: z.string().max(MAX_PUBLISH_BYTES), format: formatChoiceSchema }),
    z.instanceof(Uint8Array),
  ),

  /** How a payload can be edited and, unedited, stays the same bytes. */
  'payloads.find-editable': request(connectionId.extend(payloadToEditSchema.shape), editablePayloadSchema),

  ...collectionRequests,

  /** Schema files of a connection; kept with its profile where it has one. */
  'schemas.list': request(connectionId, z.array(listedSchemaSchema)),
  'schemas.read': request(schemaId, schemaFileSchema),
  /** Adds a file, or changes the one with the id, or else the one of this kind and name; says why it did not. */
  'schemas.save': request(
    connectionId.extend({ draft: schemaFileSchema.extend({ id: schemaIdSchema.nullable() }) }),
    schemaRefusalSchema.nullable(),
  ),
  /** Lets the user choose files, to add them or to put the text of one in the place of another's; null when they chose none. */
  'schemas.choose-files': request(
    connectionId.extend({ replacedId: schemaIdSchema.nullable() }),
    z.strictObject({ added: z.number().int(), refusals: z.array(schemaRefusalSchema) }).nullable(),
  ),
  'schemas.delete': request(schemaId, nothing),
  /** What is wrong with JSON for a topic, by the JSON Schema of the rule for it; null when there is no rule. */
  'schemas.validate': request(
    connectionId.extend({ topic: topicPath, text: z.string().max(MAX_PUBLISH_BYTES) }),
    z.strictObject({ schemaId: schemaIdSchema, schemaName: z.string(), problems: z.array(jsonProblemSchema) }).nullable(),
  ),
  /** Which payloads are read how, and checked by what. */
  'payload-rules.read': request(connectionId, payloadRulesSchema),
  'payload-rules.update': request(connectionId.extend({ rules: payloadRulesSchema }), nothing),

  /** How the tables of messages look; kept with the profile where there is one. */
  'tables.read': request(connectionId, tableSettingsSchema),
  'tables.update': request(connectionId.extend({ settings: tableSettingsSchema }), nothing),
  /** Exports rows of a table, all or those chosen, to where the user says; null when they chose none. */
  'exports.start': request(
    connectionId.extend({
      viewId: z.number().int(),
      topics: topicPath,
      spans: z.array(rowSpanSchema).min(1).max(MAX_ROW_SPANS).nullable(),
      fields: z.array(fieldPathSchema).max(MAX_TABLE_FIELDS),
      format: exportFormatSchema,
    }),
    exportProgressSchema.nullable(),
  ),
  /** What it has written is removed. */
  'exports.cancel': request(z.strictObject({ exportId: z.number().int() }), nothing),

  /** Takes back publishes that wait and forgets unconfirmed ones; says how many. */
  'outbox.drop': request(outboxChoice, z.number().int()),
  /** Sends unconfirmed publishes as new ones; says how many. */
  'outbox.send-anew': request(outboxChoice, z.number().int()),

  ...retainedRequests,
  ...matrixRequests,

  ...probeRequests,

  /** Switches the packet log of a connection on or off; what it holds stays. */
  'packets.record': request(connectionId.extend({ recording: packetRecordingSchema }), nothing),
  'packets.clear': request(connectionId, nothing),
  'packets.render': request(messageAt, renderedPacketSchema),
  /** Lets the user choose a file and writes the packets that the filter lets through; null when they chose none. */
  'packets.save': request(
    connectionId.extend({ filter: packetFilterSchema, format: packetFileFormatSchema }),
    z.strictObject({ name: z.string(), packets: z.number().int() }).nullable(),
  ),
} as const

/** What main tells the page unasked: channel → schema of what it says. */
export const events = {
  'connections.changed': z.array(connectionSchema),
  /** A tab that should come to the front: opened from the command line or a second launch. */
  'connections.focus': connectionId,
  'profiles.changed': z.array(profileSchema),
  'certificates.expiries-changed': z.array(expirySchema),
  'views.frame': viewId.extend({ bytes: z.instanceof(Uint8Array) }),
  'publishes.updated': connectionId.extend({ publishId: z.number().int(), state: publishStateSchema }),
  /** The engine is gone, and with it what became of open publishes; the next one counts from the start again. */
  'publishes.lost': connectionId,
  'exports.progress': exportProgressSchema,
  'publish-history.changed': connectionId,
  'notices.changed': z.array(noticeSchema),
} as const

export type RequestChannel = keyof typeof requests
export type RequestArgs<C extends RequestChannel> = z.input<(typeof requests)[C]['args']>
export type ParsedArgs<C extends RequestChannel> = z.output<(typeof requests)[C]['args']>
export type RequestResult<C extends RequestChannel> = z.output<(typeof requests)[C]['result']>

export type EventChannel = keyof typeof events
export type EventPayload<C extends EventChannel> = z.output<(typeof events)[C]>
