import type { TlsConfig } from '../../src-main/engine/engine-api'
import { encryptKey, type Identity } from './certificates'

/** A client that shows this certificate, its key under the passphrase. */
export function pemIdentity({ certificate, key }: Identity, passphrase: string | null = null): TlsConfig['identity'] {
  const text = passphrase === null ? key : encryptKey(key, passphrase)
  return { kind: 'pem', certificates: certificate, key: Buffer.from(text), passphrase }
}
