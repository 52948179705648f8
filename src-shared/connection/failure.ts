import { z } from '@shared/schema'
import { peerCertificateSchema } from './peer-certificate'

/** Why a connection could not be made or was lost. The page has a sentence, and an advice, for each. */
export const failureCodeSchema = z.enum([
  'refused', // nothing listens on the port
  'host-not-found', // DNS knows no such name
  'unreachable', // no route to the network or host
  'timeout', // no CONNACK in time
  'closed-before-connack', // the peer hung up: often another protocol or TLS on that port
  'websocket-refused', // the HTTP upgrade was answered with another status
  'connack', // refused with a reason code
  'authentication-continues', // an extended authentication wants more steps than we know; `detail` is its method
  'client-id-needed', // this version wants a client identifier, and there is none
  'server-disconnect', // MQTT 5 DISCONNECT with a reason code
  'connection-lost', // the network connection ended
  'keepalive-timeout', // no PINGRESP in time
  'protocol-error', // the peer sent bytes that are not MQTT
  'tls-not-spoken', // the port does not speak TLS
  'tls-unknown-issuer', // no trusted authority stands behind the server's certificate
  'tls-expired',
  'tls-not-yet-valid',
  'tls-wrong-host', // the certificate is for other names
  'tls-not-pinned', // neither a pinned certificate nor one that passes the usual checks
  'tls-client-refused', // the server demands a client certificate, or refuses the one it got
  'tls-passphrase', // it does not open our key or PKCS#12 file
  'tls-own-unsupported', // our key or PKCS#12 file uses an algorithm that cannot be read
  'tls-own-files', // our certificate or key cannot be used for another reason
  'tls-other',
  'proxy-unreachable', // no network connection to the proxy
  'proxy-timeout', // the proxy gave no answer in time
  'proxy-authentication', // the proxy wants to know who we are, or does not believe it
  'proxy-forbidden', // a rule of the proxy is against it
  'proxy-target-unreachable', // the proxy itself does not get to the broker
  'proxy-protocol', // what is there does not answer as such a proxy does
  'engine-crashed', // our own fault
  'other',
])
export type FailureCode = z.infer<typeof failureCodeSchema>

export const failureSchema = z.strictObject({
  code: failureCodeSchema,
  /** The reason code, in MQTT 5.0 numbering, of a `connack` or `server-disconnect`. */
  reasonCode: z.number().int().nullable(),
  /** The Reason String the broker sent, or null [MQTT-3.2.2-19]. Text from outside: show it, do not trust it. */
  brokerReason: z.string().nullable(),
  /** The server the broker names instead, with 0x9C and 0x9D [4.11]. Text from outside: it is shown, never followed. */
  serverReference: z.string().nullable(),
  /** The technical cause, e.g. `connect ECONNREFUSED 127.0.0.1:1883`; never holds a secret. */
  detail: z.string(),
  /** The certificates the server showed, its own first; empty unless they are what failed. */
  certificates: z.array(peerCertificateSchema),
  atMs: z.number(),
  /** Whether connecting again, unchanged, is pointless. */
  permanent: z.boolean(),
})
export type Failure = z.infer<typeof failureSchema>
