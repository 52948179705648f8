import { mkdir, open, rename, rm, rmdir, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { TableMessage } from '../engine/engine-api'
import { payloadFileName } from './file-names'
import type { LineFormat } from './line-formats'
import { factsOf, payloadText } from './message-text'

/** Where messages are exported to. Until it is finished all is under a name of its own, so that nothing half-written looks whole. */
export interface ExportTarget {
  /** Of the file, or the folder. */
  readonly name: string
  /** Bytes written. */
  readonly bytes: number
  write(messages: readonly TableMessage[]): Promise<void>
  finish(): Promise<void>
  /** Removes what was written. @throws when that cannot be; it is at `leftover` then */
  abandon(): Promise<void>
  readonly leftover: string
}

/** What is not complete is called so. */
const UNFINISHED = '.unfinished'

/** One file of lines, in place of the one that has its name. */
export class FileTarget implements ExportTarget {
  bytes = 0

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly format: LineFormat,
    readonly leftover: string,
  ) {}

  static async open(path: string, format: LineFormat): Promise<FileTarget> {
    const { value: file, path: leftover } = await firstFree(`${path}${UNFINISHED}`, (candidate) => open(candidate, 'wx'))
    const target = new FileTarget(path, file, format, leftover)
    try {
      await target.#add(format.head)
    } catch (error) {
      await target.abandon()
      throw error
    }
    return target
  }

  get name(): string {
    return basename(this.path)
  }

  async write(messages: readonly TableMessage[]): Promise<void> {
    await this.#add(this.format.linesOf(messages))
  }

  async finish(): Promise<void> {
    await this.file.sync()
    await this.file.close()
    await rename(this.leftover, this.path)
  }

  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined)
    await rm(this.leftover, { force: true })
  }

  async #add(text: string): Promise<void> {
    const bytes = Buffer.from(text)
    await this.file.writeFile(bytes)
    this.bytes += bytes.byteLength
  }
}

/** A new folder with a file for each payload, as it came, and an index of them. */
export class FolderTarget implements ExportTarget {
  bytes = 0
  #files = 0

  private constructor(
    private path: string,
    private readonly index: FileHandle,
    readonly leftover: string,
  ) {}

  /** @param path the folder to be */
  static async open(path: string): Promise<FolderTarget> {
    const { path: leftover } = await firstFree(`${path}${UNFINISHED}`, (candidate) => mkdir(candidate))
    return new FolderTarget(path, await open(join(leftover, 'index.jsonl'), 'wx'), leftover)
  }

  get name(): string {
    return basename(this.path)
  }

  async write(messages: readonly TableMessage[]): Promise<void> {
    for (const message of messages) {
      this.#files += 1
      const file = payloadFileName(this.#files, message.topic, payloadText(message.payload))
      const payload = await open(join(this.leftover, file), 'wx')
      try {
        await payload.writeFile(message.payload)
      } finally {
        await payload.close()
      }
      const line = Buffer.from(`${JSON.stringify({ file, ...factsOf(message), bytes: message.payload.byteLength })}\n`)
      await this.index.writeFile(line)
      this.bytes += message.payload.byteLength + line.byteLength
    }
  }

  async finish(): Promise<void> {
    await this.index.close()
    const { path } = await firstFree(this.path, async (candidate) => {
      // Says whether the name is free; Windows lets nothing take the place of even an empty folder.
      await mkdir(candidate)
      await rmdir(candidate)
      await rename(this.leftover, candidate)
    })
    this.path = path
  }

  async abandon(): Promise<void> {
    await this.index.close().catch(() => undefined)
    await rm(this.leftover, { recursive: true, force: true })
  }
}

const MOST_NAMES = 1_000

/** Makes something under a name that nothing has: the one wanted, or with a number after it. */
async function firstFree<Made>(wanted: string, make: (path: string) => Promise<Made>): Promise<{ path: string; value: Made }> {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? wanted : join(dirname(wanted), `${basename(wanted)} (${number})`)
    try {
      return { path, value: await make(path) }
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST' || number === MOST_NAMES) throw error
    }
  }
}
