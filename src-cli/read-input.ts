import { readFileSync } from 'node:fs'
import { decodeAclBytes } from '@shared/acl/file-bytes'
import { readPolicy, type PolicyDocument } from '@shared/acl/policy-document'
import type { BrokerVersion } from '@shared/acl/question'
import { CommandFailure } from './command-failure'
import { EXIT, type ExitCode } from './exit-code'
import { systemWords } from './system-words'

const STDIN = 0

/** @throws {CommandFailure} when the file cannot be read */
function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? STDIN : file)
  } catch (error) {
    throw new CommandFailure(`${file} could not be read: ${systemWords(error)}.`)
  }
}

/** @throws {CommandFailure} also when it is not UTF-8 */
export function readTextFile(file: string): string {
  const bytes = readBytes(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CommandFailure(`${file} is not UTF-8.`)
  }
}

/** A policy, and what stands in its lines, which count from 1. */
export type PolicyFile = PolicyDocument & { readonly lineText: (line: number) => string }

/** Reads a policy from a file, which need not be UTF-8. */
export function readPolicyFile(file: string, version: BrokerVersion): PolicyFile {
  const text = decodeAclBytes(readBytes(file))
  const lines = text.split('\n')
  return { ...readPolicy(text, version), lineText: (line) => lines[line - 1] ?? '' }
}

/** Mosquitto cannot use a file, so nobody can be asked what it allows. */
export class RefusedFile extends CommandFailure {
  readonly exitCode: ExitCode = EXIT.bad
  constructor(file: string, line: number) {
    super(`Mosquitto cannot use ${file}: line ${line} is wrong.`)
  }
}

/** As `readPolicyFile`, for who wants answers. @throws {RefusedFile} */
export function readSoundPolicyFile(file: string, version: BrokerVersion): PolicyFile {
  const document = readPolicyFile(file, version)
  if (document.firstFaultLine !== null) throw new RefusedFile(file, document.firstFaultLine)
  return document
}
