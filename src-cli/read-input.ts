import { readFileSync } from 'node:fs'
import { decodeAclBytes } from '@shared/acl/file-bytes'
import { readPolicy, type PolicyDocument } from '@shared/acl/policy-document'
import type { BrokerVersion } from '@shared/acl/question'
import { CommandFailure } from './command-failure'
import { EXIT, type ExitCode } from './exit-code'
import { systemWords } from './system-words'

const STDIN = 0

/** @throws {CommandFailure} when the file cannot be read */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? STDIN : file)
  } catch (error) {
    throw new CommandFailure(`${file} could not be read: ${systemWords(error)}.`)
  }
}

/** Reads a policy from a file, which need not be UTF-8. */
export function readPolicyFile(file: string, version: BrokerVersion): PolicyDocument {
  return readPolicy(decodeAclBytes(readBytes(file)), version)
}

/** Mosquitto would not start with a file, so nobody can be asked what it allows. */
export class RefusedFile extends CommandFailure {
  readonly exitCode: ExitCode = EXIT.bad
  constructor(file: string, line: number) {
    super(`Mosquitto would not start with ${file}: line ${line} is wrong. “check” says why.`)
  }
}

/** As `readPolicyFile`, for who wants answers. @throws {RefusedFile} */
export function readSoundPolicyFile(file: string, version: BrokerVersion): PolicyDocument {
  const document = readPolicyFile(file, version)
  if (document.firstFaultLine !== null) throw new RefusedFile(file, document.firstFaultLine)
  return document
}
