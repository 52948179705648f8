import { NO_PUBLISH_PROPERTIES, publishPropertiesSchema, type PublishProperties } from '@shared/message/publish-properties'
import { decodePayload, detectFormat, encodePayload } from '@shared/payload/payload-codec'
import type { KeptPropertiesForm } from '@shared/publish/publish-tabs'
import { rowsOf, userPropertiesOf, type UserPropertyRow } from '../../mqtt/user-property-row'
import { amountOf, TIME_UNITS, valueOf } from '../../ui/amount'

/** MQTT 5.0 properties of a message while they are edited. */
export interface PropertiesForm extends Omit<KeptPropertiesForm, 'userProperties'> {
  readonly userProperties: UserPropertyRow[]
}

export const EMPTY_PROPERTIES_FORM: PropertiesForm = propertiesFormOf(NO_PUBLISH_PROPERTIES)

/** Fields that can be wrong. */
export type PropertyField = 'messageExpirySeconds' | 'contentType' | 'responseTopic' | 'correlationData' | 'userProperties'

export function propertiesFormOf(properties: PublishProperties): PropertiesForm {
  const { payloadFormatIndicator, messageExpirySeconds, contentType, responseTopic, correlationData, userProperties, mayUseTopicAlias } =
    properties
  return {
    payloadFormatIndicator: payloadFormatIndicator === null ? 'unset' : payloadFormatIndicator === 1 ? 'utf-8' : 'bytes',
    expiry: amountOf(messageExpirySeconds, TIME_UNITS),
    contentType,
    responseTopic: responseTopic ?? '',
    ...(correlationData === null ? { correlation: null, correlationAs: 'text' } : correlationFormOf(correlationData)),
    userProperties: rowsOf(userProperties),
    mayUseTopicAlias,
  }
}

function correlationFormOf(bytes: Uint8Array): Pick<PropertiesForm, 'correlation' | 'correlationAs'> {
  // A field of one line has no line ends.
  const hasLineEnds = bytes.includes(0x0a) || bytes.includes(0x0d)
  const correlationAs = hasLineEnds || detectFormat(bytes) === 'hex' ? 'hex' : 'text'
  const shown = decodePayload(bytes, correlationAs)
  return { correlation: shown.ok ? shown.text.replaceAll('\n', ' ') : '', correlationAs }
}

/** The properties the form stands for, or which of its fields are wrong. */
export function propertiesOfForm(
  form: PropertiesForm,
): { readonly ok: true; readonly properties: PublishProperties } | { readonly ok: false; readonly wrong: ReadonlySet<PropertyField> } {
  const correlation = form.correlation === null ? null : encodePayload(form.correlation, form.correlationAs)
  const parsed = publishPropertiesSchema.safeParse({
    payloadFormatIndicator: { unset: null, bytes: 0, 'utf-8': 1 }[form.payloadFormatIndicator],
    messageExpirySeconds: valueOf(form.expiry, TIME_UNITS),
    contentType: form.contentType,
    responseTopic: form.responseTopic === '' ? null : form.responseTopic,
    correlationData: correlation === null ? null : correlation.ok ? correlation.bytes : undefined,
    userProperties: userPropertiesOf(form.userProperties),
    mayUseTopicAlias: form.mayUseTopicAlias,
  })
  if (parsed.success) return { ok: true, properties: parsed.data }
  return { ok: false, wrong: new Set(parsed.error.issues.map(({ path }) => path[0] as PropertyField)) }
}

/** How many properties the form says; a topic alias is none. */
export function countOfProperties(form: PropertiesForm): number {
  const said = [
    form.payloadFormatIndicator !== 'unset',
    form.expiry.count !== null,
    form.contentType !== null,
    form.responseTopic !== '',
    form.correlation !== null,
  ]
  return said.filter(Boolean).length + userPropertiesOf(form.userProperties).length
}

/** Whether the form is as it was before anybody touched it. */
export function saysNothing(form: PropertiesForm): boolean {
  return countOfProperties(form) === 0 && form.mayUseTopicAlias
}

export function keptFormOf({ userProperties, expiry, ...rest }: PropertiesForm): KeptPropertiesForm {
  return {
    ...rest,
    expiry: { ...expiry, count: Number.isNaN(expiry.count) ? null : expiry.count },
    userProperties: userPropertiesOf(userProperties),
  }
}

export function formOfKept({ userProperties, ...rest }: KeptPropertiesForm): PropertiesForm {
  return { ...rest, userProperties: rowsOf(userProperties) }
}
