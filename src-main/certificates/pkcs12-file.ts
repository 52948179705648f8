import { createPrivateKey } from 'node:crypto'
import * as asn1js from 'asn1js'
import { AppError } from '@shared/ipc/app-error'
import { pkijs } from './x509-library'

/** Object identifiers of RFC 7292 and RFC 8018. */
const KEY_BAG = '1.2.840.113549.1.12.10.1.2'
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3'
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
const FRIENDLY_NAME = '1.2.840.113549.1.9.20'
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21'
const DATA = '1.2.840.113549.1.7.1'
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
const PBES2 = '1.2.840.113549.1.5.13'
/** AES in CBC mode with keys of 128, 192 and 256 bits. */
const AES_CBC = ['2.16.840.1.101.3.4.1.2', '2.16.840.1.101.3.4.1.22', '2.16.840.1.101.3.4.1.42']

/** What OpenSSL 3 writes by default, and BoringSSL reads: PBES2 with AES-256, HMAC-SHA-256. */
const PROTECTION = {
  // The type asks for an initialisation vector; each encryption draws its own.
  contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv: new Uint8Array(16) },
  hmacHashAlgorithm: 'SHA-256',
  iterationCount: 100_000,
}
/** The key of the integrity code is derived on this thread. */
const MAC_ITERATIONS = 2_048
/** A file that asks for more only wants our time: a thousand times what is usual. */
const MAX_ITERATIONS = 2_000_000

/** Usual are two; each may ask for the time of {@link MAX_ITERATIONS}. */
const MAX_CONTENTS = 10

export interface Pkcs12Content {
  /** In DER; the first is the one the key belongs to. */
  readonly certificates: readonly [Uint8Array, ...Uint8Array[]]
  /** PKCS#8 in PEM. */
  readonly key: string
  /** What the certificate is called where the file is imported. */
  readonly name: string
}

/** Certificates and a private key as a PKCS#12 file (RFC 7292) under a password. */
export async function writePkcs12({ certificates, key, name }: Pkcs12Content, password: string): Promise<Uint8Array> {
  const passwordBytes = bufferOf(Buffer.from(password))
  const keyBag = new pkijs.PKCS8ShroudedKeyBag({
    parsedValue: pkijs.PrivateKeyInfo.fromBER(createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })),
  })
  await keyBag.makeInternalValues({ ...PROTECTION, password: passwordBytes })
  // Long strings come in pieces from pkijs, which BoringSSL does not read.
  keyBag.encryptedData = new asn1js.OctetString({ valueHex: keyBag.encryptedData.getValue() })
  const own = [
    attribute(FRIENDLY_NAME, new asn1js.BmpString({ value: name })),
    attribute(LOCAL_KEY_ID, new asn1js.OctetString({ valueHex: Uint8Array.of(1) })),
  ]
  const keys = new pkijs.SafeContents({
    safeBags: [new pkijs.SafeBag({ bagId: KEY_BAG, bagValue: keyBag, bagAttributes: own })],
  })
  const shown = new pkijs.SafeContents({
    safeBags: certificates.map((der, index) => certificateBag(der, index === 0 ? own : [])),
  })
  const authenticatedSafe = new pkijs.AuthenticatedSafe({
    safeContents: [
      new pkijs.ContentInfo({ contentType: DATA, content: new asn1js.OctetString({ valueHex: derOf(keys) }) }),
      new pkijs.ContentInfo({ contentType: ENCRYPTED_DATA, content: await encrypt(derOf(shown), passwordBytes) }),
    ],
  })
  const file = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe } })
  await file.makeInternalValues({
    password: passwordBytes,
    iterations: MAC_ITERATIONS,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  })
  return new Uint8Array(file.toSchema().toBER())
}

async function encrypt(content: ArrayBuffer, password: ArrayBuffer): Promise<asn1js.Sequence> {
  const data = new pkijs.EncryptedData()
  await data.encrypt({ ...PROTECTION, password, contentToEncrypt: content })
  const { contentType, contentEncryptionAlgorithm } = data.encryptedContentInfo
  const whole = new asn1js.OctetString({ valueHex: data.encryptedContentInfo.getEncryptedContent() })
  data.encryptedContentInfo = new pkijs.EncryptedContentInfo({
    contentType,
    contentEncryptionAlgorithm,
    encryptedContent: whole,
    disableSplit: true,
  })
  return data.toSchema()
}

function derOf(contents: InstanceType<typeof pkijs.SafeContents>): ArrayBuffer {
  return contents.toSchema().toBER()
}

function certificateBag(der: Uint8Array, attributes: InstanceType<typeof pkijs.Attribute>[]) {
  const bagValue = new pkijs.CertBag({ certId: X509_CERTIFICATE, certValue: new asn1js.OctetString({ valueHex: der }) })
  return new pkijs.SafeBag({
    bagId: CERTIFICATE_BAG,
    bagValue,
    ...(attributes.length > 0 && { bagAttributes: attributes }),
  })
}

function attribute(type: string, value: asn1js.BaseBlock) {
  return new pkijs.Attribute({ type, values: [value] })
}

/**
 * The certificates of a PKCS#12 file, in DER. Its private keys are left as they are: encrypted.
 * @throws {AppError} `wrong-file-password`, `file-protection-unknown`
 */
export async function certificatesOfPkcs12(bytes: Uint8Array, password: string, name: string): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for (const info of contentsOf(bytes, name)) {
    const contents =
      info.contentType === ENCRYPTED_DATA ? await decrypt(info.content, password, name) : plainContent(info.content, name)
    found.push(...certificatesOf(contents, name))
  }
  return found
}

function contentsOf(bytes: Uint8Array, name: string): InstanceType<typeof pkijs.ContentInfo>[] {
  return understood(name, () => {
    const { authSafe } = pkijs.PFX.fromBER(bufferOf(bytes))
    const { safeContents } = pkijs.AuthenticatedSafe.fromBER(octets(authSafe.content))
    if (safeContents.length > MAX_CONTENTS) throw new RangeError('a file that only wants our time')
    return safeContents
  })
}

function plainContent(content: unknown, name: string): ArrayBuffer {
  return understood(name, () => octets(content))
}

async function decrypt(content: unknown, password: string, name: string): Promise<ArrayBuffer> {
  const encrypted = understood(name, () => {
    const data = new pkijs.EncryptedData({ schema: content })
    const algorithm = data.encryptedContentInfo.contentEncryptionAlgorithm
    if (algorithm.algorithmId !== PBES2) throw protectionUnknown(name)
    const scheme = new pkijs.PBES2Params({ schema: toBlock(algorithm.algorithmParams) })
    const { iterationCount } = new pkijs.PBKDF2Params({ schema: toBlock(scheme.keyDerivationFunc.algorithmParams) })
    const isKnown = AES_CBC.includes(scheme.encryptionScheme.algorithmId) && iterationCount <= MAX_ITERATIONS
    if (!isKnown) throw protectionUnknown(name)
    return data
  })
  try {
    return await encrypted.decrypt({ password: bufferOf(Buffer.from(password)) })
  } catch {
    throw wrongPassword(name)
  }
}

function certificatesOf(contents: ArrayBuffer, name: string): Uint8Array[] {
  const { safeBags } = ((): InstanceType<typeof pkijs.SafeContents> => {
    try {
      return pkijs.SafeContents.fromBER(contents)
    } catch {
      // One wrong password in 256 decrypts to something, which then is no list.
      throw wrongPassword(name)
    }
  })()
  return safeBags.flatMap(({ bagValue }) =>
    bagValue instanceof pkijs.CertBag && bagValue.certId === X509_CERTIFICATE
      ? [new Uint8Array(octets(bagValue.certValue))]
      : [],
  )
}

/** What cannot be read is protected, or made, in a way not known here. */
function understood<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch {
    throw protectionUnknown(name)
  }
}

/** pkijs leaves open what parameters of algorithms are. */
function toBlock(parameters: unknown): asn1js.Sequence {
  if (parameters instanceof asn1js.Sequence) return parameters
  throw new TypeError('no parameters')
}

function octets(block: unknown): ArrayBuffer {
  if (block instanceof asn1js.OctetString) return block.getValue()
  throw new TypeError('no octet string')
}

/** A copy with a buffer of its own. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

function wrongPassword(name: string): AppError {
  return new AppError('wrong-file-password', `${name} does not open with this password`, { name })
}

function protectionUnknown(name: string): AppError {
  return new AppError('file-protection-unknown', `${name} is protected in a way that cannot be read`, { name })
}
