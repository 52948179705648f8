import {
  connectOptionsSchema,
  DEFAULT_CONNECT_OPTIONS,
  DEFAULT_SESSION_EXPIRY_SECONDS,
  NO_SESSION_EXPIRY_SECONDS,
  SESSION_NEVER_EXPIRES,
  type ConnectOptions,
} from '@shared/profile/connect-options'
import { rowsOf, userPropertiesOf, type UserPropertyRow } from '../../mqtt/user-property-row'
import { amountOf, TIME_UNITS, valueOf, type Amount, type TimeUnit } from '../../ui/amount'
import { onlyValid } from './only-valid'

/** When the broker is to forget a session: with the network connection, some time later, or never. */
export type SessionEnd = 'connection' | 'time' | 'never'

type Edited = 'sessionExpirySeconds' | 'receiveMaximum' | 'topicAliasMaximum' | 'userProperties'

/** What CONNECT of MQTT 5.0 says, while it is edited. */
export type ConnectOptionsForm = Omit<ConnectOptions, Edited> & {
  sessionEnd: SessionEnd
  /** How much later. */
  sessionExpiry: Amount<TimeUnit>
  receiveMaximum: number | null
  topicAliasMaximum: number | null
  userProperties: UserPropertyRow[]
}

/** The form of `options`. */
export function connectOptionsFormOf({ sessionExpirySeconds, userProperties, ...rest }: ConnectOptions): ConnectOptionsForm {
  const sessionEnd = sessionEndOf(sessionExpirySeconds)
  const seconds = sessionEnd === 'time' ? sessionExpirySeconds : DEFAULT_SESSION_EXPIRY_SECONDS
  return { ...rest, sessionEnd, sessionExpiry: amountOf(seconds, TIME_UNITS), userProperties: rowsOf(userProperties) }
}

function sessionEndOf(seconds: number): SessionEnd {
  if (seconds === NO_SESSION_EXPIRY_SECONDS) return 'connection'
  return seconds === SESSION_NEVER_EXPIRES ? 'never' : 'time'
}

/** What the form says, still to be checked; what is wrong only counts where the version has these options. */
export function connectOptionsOf(form: ConnectOptionsForm, hasEffect: boolean): Record<keyof ConnectOptions, unknown> {
  const { sessionEnd, sessionExpiry, userProperties, ...rest } = form
  const seconds = { connection: NO_SESSION_EXPIRY_SECONDS, time: valueOf(sessionExpiry, TIME_UNITS), never: SESSION_NEVER_EXPIRES }
  const options = { ...rest, sessionExpirySeconds: seconds[sessionEnd], userProperties: userPropertiesOf(userProperties) }
  return hasEffect ? options : onlyValid(options, connectOptionsSchema, DEFAULT_CONNECT_OPTIONS)
}
