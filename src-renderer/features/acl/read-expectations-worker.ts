import { readExpectations } from '@shared/acl/expectations/read-expectations'

// YAML of a few thousand cases takes a second, in which the page goes on.
self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  self.postMessage(readExpectations(data))
})
