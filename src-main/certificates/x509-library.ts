import { webcrypto } from 'node:crypto'
// The X.509 library registers its parts through it, so it comes first.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import * as pkijs from 'pkijs'

// Node 18, which old Electrons have, names it in its module only. The libraries know it by its type in the DOM.
const standard: object = webcrypto
const crypto = standard as typeof globalThis.crypto
x509.cryptoProvider.set(crypto)
pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto }))

/** The libraries that read and write certificates, told to use Node's cryptography. */
export { pkijs, x509 }
