import { parseAclFile } from '@shared/acl/acl-file'
import { lintAclFile } from '@shared/acl/lint/lint-acl-file'
import type { BrokerVersion } from '@shared/acl/question'

// The lint of a long file takes a second, in which the page goes on.
self.addEventListener('message', ({ data }: MessageEvent<{ id: number; text: string; version: BrokerVersion }>) => {
  self.postMessage({ id: data.id, findings: lintAclFile(parseAclFile(data.text), data.version) })
})
