import { lintPolicy } from '@shared/acl/lint/lint-policy'
import { readPolicy } from '@shared/acl/policy-document'
import type { BrokerVersion } from '@shared/acl/question'

// The lint of a long file takes a second, in which the page goes on.
self.addEventListener('message', ({ data }: MessageEvent<{ id: number; text: string; version: BrokerVersion }>) => {
  self.postMessage({ id: data.id, findings: lintPolicy(readPolicy(data.text, data.version), data.version) })
})
