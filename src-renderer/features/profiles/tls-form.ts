import { usesTls, type Protocol } from '@shared/profile/profile'
import { DEFAULT_TLS, tlsSchema, type Tls } from '@shared/profile/tls'

/** How a profile speaks TLS, while it is edited. */
export type TlsForm = Omit<Tls, 'alpnProtocols'> & {
  /** Separated by commas, in the order they are offered. */
  alpnProtocols: string
}

/** The form of `tls`. */
export function tlsFormOf(tls: Tls): TlsForm {
  return { ...tls, alpnProtocols: tls.alpnProtocols.join(', ') }
}

/**
 * What the form says, still to be checked. What is wrong in it only counts while TLS is spoken:
 * nobody sees these fields otherwise.
 */
export function tlsOf(form: TlsForm, protocol: Protocol): Tls {
  const names = form.alpnProtocols.split(',').map((name) => name.trim())
  const tls = { ...form, alpnProtocols: names.filter((name) => name !== '') }
  if (usesTls(protocol) || tlsSchema.safeParse(tls).success) return tls
  const { serverName, alpnProtocols } = DEFAULT_TLS
  return { ...tls, serverName, alpnProtocols }
}

/** Whether a certificate file is, by its name, PKCS#12: it brings its private key along. */
export function bringsKey(fileName: string): boolean {
  return /\.(?:p12|pfx)$/i.test(fileName)
}

/** The protocol that does the same over TLS. */
export function secured(protocol: Protocol): Protocol {
  return protocol === 'ws' || protocol === 'wss' ? 'wss' : 'mqtts'
}
