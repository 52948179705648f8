import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs openssl on files that last as long as the call. Its arguments name them as `@name`; `out` is read back. */
export function openssl(args: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = {}): { stdout: string; out: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'pubscope-openssl-'))
  try {
    for (const [name, content] of Object.entries({ out: '', ...files })) writeFileSync(join(folder, name), content)
    const paths = args.map((arg) => (arg.startsWith('@') ? join(folder, arg.slice(1)) : arg))
    const stdout = execFileSync('openssl', paths, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    return { stdout, out: readFileSync(join(folder, 'out')) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export interface OpensslCertificate {
  /** `openssl req`'s words for the key, e.g. `-newkey ed25519`. */
  readonly key?: readonly string[]
  readonly subject?: string
  /** Extensions in the words of openssl's configuration, e.g. `subjectAltName=DNS:a`. */
  readonly extensions?: readonly string[]
  readonly days?: number
}

const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
// [named] is a directory name that an extension may refer to.
const CONFIG = '[req]\ndistinguished_name=none\n[none]\n[named]\nCN=foo\n'

/** A self-signed certificate made by openssl, in DER. */
export function opensslCertificate({ key = P256, subject = '/CN=x', extensions = [], days = 30 }: OpensslCertificate): Buffer {
  const args = ['-subj', subject, '-days', String(days), ...extensions.flatMap((line) => ['-addext', line])]
  const made = ['req', '-x509', ...key, '-nodes', '-keyout', '@key', '-out', '@out', '-outform', 'DER', '-config', '@config', ...args]
  return openssl(made, { config: CONFIG }).out
}
