import { aclFilterFault } from '@shared/acl/acl-filter'
import { saysAnything } from '@shared/acl/dynamic-security/dynsec-file'
import { readAclPolicy, readPolicy, type PolicyDocument } from '@shared/acl/policy-document'
import { decidingLine, type AccessPolicy, type BrokerVersion } from '@shared/acl/question'
import { matchesFilter, topicFilterFault, topicNameFault } from '@shared/mqtt/topic'
import type { InputLine } from './line-reader'
import { readRequest, type ServeRequest } from './request'

export type Answer =
  | { readonly error: string }
  | { readonly ok: boolean; readonly line: number | null }
  | { readonly allowed: boolean; readonly line: number | null }
  | { readonly match: boolean }
  | { readonly valid: boolean }

/** Answers requests one after the other, with the policy that was loaded last. */
export class Answerer {
  private policy: AccessPolicy | null = null
  private whyNone = 'nothing is loaded'

  answer(line: InputLine): Answer {
    // A line this long could only be a policy.
    if (line.kind === 'too-long') return this.unload('the line is too long')
    const read = readRequest(line.bytes)
    if (read.ok) return this.answerRequest(read.request)
    return read.load ? this.unload(read.error) : { error: read.error }
  }

  private unload(error: string): Answer {
    this.policy = null
    this.whyNone = 'the last load failed'
    return { error }
  }

  private answerRequest(request: ServeRequest): Answer {
    switch (request.op) {
      case 'load': {
        // Two large ones may be more than the memory holds.
        this.policy = null
        const { policy, firstFaultLine: line } = readLoaded(request.acl, request.version)
        const ok = line === null
        this.policy = ok ? policy : null
        this.whyNone = ok ? '' : `the last load failed at line ${line}`
        return { ok, line }
      }
      case 'decide': {
        if (this.policy === null) return { error: this.whyNone }
        const { username, client_id: clientId, access, topic } = request
        const decision = this.policy.decide({ username, clientId, access, topic })
        return { allowed: decision.allowed, line: decidingLine(decision) }
      }
      case 'match':
        return { match: isFilter(request.filter) && isTopic(request.topic) && matchesFilter(request.filter.split('/'), request.topic.split('/')) }
      case 'topic':
        return { valid: isTopic(request.s) }
      case 'filter':
        return { valid: isFilter(request.s) }
    }
  }
}

/** Of topics and filters alike Mosquitto takes no more levels than of those in an ACL file. */
const hasTooManyLevels = (text: string): boolean => aclFilterFault(text) === 'too-many-levels'
const isTopic = (text: string): boolean => topicNameFault(text) === null && !hasTooManyLevels(text)
const isFilter = (text: string): boolean => topicFilterFault(text) === null && !hasTooManyLevels(text)

/** What is loaded is an ACL file, unless it is JSON that says who may do what: any other is one that Mosquitto would refuse as an ACL file. */
function readLoaded(text: string, version: BrokerVersion): PolicyDocument {
  const document = readPolicy(text, version)
  return document.kind === 'acl-file' || saysAnything(document.file) ? document : readAclPolicy(text, version)
}
