import type { ReadExpectations } from '@shared/acl/expectations/read-expectations'
import ReadWorker from './read-expectations-worker?worker'

/** Reads a document of expectations while the page goes on. */
export function readBeside(text: string): Promise<ReadExpectations> {
  const worker = new ReadWorker()
  const result = new Promise<ReadExpectations>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ReadExpectations>) => resolve(data))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
  })
  worker.postMessage(text)
  return result.finally(() => worker.terminate())
}
