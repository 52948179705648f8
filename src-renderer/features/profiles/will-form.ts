import { decodePayload, encodePayload, type Encoded } from '@shared/payload/payload-codec'
import { DEFAULT_WILL, willSchema, type Will } from '@shared/profile/will'
import { payloadOf, payloadTextOf, type PayloadText } from '../../mqtt/payload-text'
import { rowsOf, userPropertiesOf, type UserPropertyRow } from '../../mqtt/user-property-row'
import { amountOf, TIME_UNITS, valueOf, type Amount, type TimeUnit } from '../../ui/amount'
import { onlyValid } from './only-valid'

type Edited =
  | 'payloadBase64'
  | 'payloadFormat'
  | 'delaySeconds'
  | 'messageExpirySeconds'
  | 'correlationDataBase64'
  | 'userProperties'

/** The last will, while it is edited; kept also while it is switched off. */
export type WillForm = Omit<Will, Edited> & {
  enabled: boolean
  payload: PayloadText
  delay: Amount<TimeUnit>
  /** Without a number: never. */
  messageExpiry: Amount<TimeUnit>
  correlationHex: string
  userProperties: UserPropertyRow[]
}

/** The form of `will`; null: none, so far. */
export function willFormOf(will: Will | null): WillForm {
  const { payloadBase64, payloadFormat, delaySeconds, messageExpirySeconds, correlationDataBase64, userProperties, ...rest } =
    will ?? DEFAULT_WILL
  const correlationData = decodePayload(bytesOf(payloadOfBase64(correlationDataBase64)), 'hex')
  return {
    ...rest,
    enabled: will !== null,
    payload: payloadTextOf(bytesOf(payloadOfBase64(payloadBase64)), payloadFormat),
    delay: amountOf(delaySeconds, TIME_UNITS),
    messageExpiry: amountOf(messageExpirySeconds, TIME_UNITS),
    correlationHex: correlationData.ok ? correlationData.text : '',
    userProperties: rowsOf(userProperties),
  }
}

/** What the form says, still to be checked; null: no will. What is wrong in MQTT 5.0's own only counts where it has effect. */
export function willOf(form: WillForm, speaks5: boolean): Record<keyof Will, unknown> | null {
  if (!form.enabled) return null
  const { enabled: _enabled, payload, delay, messageExpiry, correlationHex, userProperties, ...rest } = form
  const will = {
    ...rest,
    payloadBase64: base64Of(payloadOf(payload)),
    payloadFormat: payload.format,
    delaySeconds: valueOf(delay, TIME_UNITS),
    messageExpirySeconds: valueOf(messageExpiry, TIME_UNITS),
    correlationDataBase64: base64Of(encodePayload(correlationHex, 'hex')),
    userProperties: userPropertiesOf(userProperties),
  }
  if (speaks5) return will
  const { topic, payloadBase64 } = will
  // These two every version has: what is wrong in them stays wrong.
  return { ...onlyValid(will, willSchema, DEFAULT_WILL), topic, payloadBase64 }
}

function payloadOfBase64(base64: string): Encoded {
  return encodePayload(base64, 'base64')
}

function bytesOf(encoded: Encoded): Uint8Array {
  return encoded.ok ? encoded.bytes : new Uint8Array()
}

/** null where there are no bytes, because the text is wrong. */
function base64Of(encoded: Encoded): string | null {
  if (!encoded.ok) return null
  const shown = decodePayload(encoded.bytes, 'base64')
  return shown.ok ? shown.text : null
}
