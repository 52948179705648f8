import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { AppError } from '@shared/ipc/app-error'
import type { Sealed } from '@shared/transfer/pubscope-file'

/** RFC 7914: 128 MiB and some tenths of a second for each guess. */
const SCRYPT_N = 2 ** 17
const KEY_BYTES = 32
const TAG_BYTES = 16

/** Closes `text` with a passphrase; `n` is what each guess at it shall cost. */
export async function seal(text: string, passphrase: string, n = SCRYPT_N): Promise<Sealed> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const kdf: Sealed['kdf'] = { name: 'scrypt', n, r: 8, p: 1, saltBase64: salt.toString('base64') }
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, kdf), nonce, { authTagLength: TAG_BYTES })
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return {
    kdf,
    cipher: { name: 'aes-256-gcm', nonceBase64: nonce.toString('base64'), tagBase64: cipher.getAuthTag().toString('base64') },
    dataBase64: data.toString('base64'),
  }
}

/**
 * Opens what {@link seal} closed. The parameters come with the file, within the bounds of its schema.
 * @throws {AppError} `passphrase-wrong`: that, or the file was changed; GCM cannot tell which.
 */
export async function unseal({ kdf, cipher, dataBase64 }: Sealed, passphrase: string): Promise<string> {
  const key = await keyOf(passphrase, kdf)
  const nonce = Buffer.from(cipher.nonceBase64, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(Buffer.from(cipher.tagBase64, 'base64'))
  try {
    return Buffer.concat([decipher.update(Buffer.from(dataBase64, 'base64')), decipher.final()]).toString('utf8')
  } catch {
    throw new AppError('passphrase-wrong', 'Wrong passphrase, or the file was changed')
  }
}

/** On a thread of Node's own, so that main goes on. The same letters typed elsewhere may be composed otherwise: NFC. */
function keyOf(passphrase: string, { n, r, p, saltBase64 }: Sealed['kdf']): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 2 * 128 * n * r }
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(saltBase64, 'base64'), KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
