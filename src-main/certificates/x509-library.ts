import { webcrypto } from 'node:crypto'
// The X.509 library registers its parts through it, so it comes first.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import * as pkijs from 'pkijs'

x509.cryptoProvider.set(webcrypto)
pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }))

/** The libraries that read and write certificates, told to use Node's cryptography. */
export { pkijs, x509 }
