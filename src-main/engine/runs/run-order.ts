import type { ExchangeOptions } from '@shared/collections/exchange'
import type { Rows } from '@shared/collections/rows'
import type { RunOptions } from '@shared/collections/run'
import type { Publish } from '@shared/message/publish'
import type { FormatChoice } from '@shared/payload/reading'

/** Makes bytes of a text. @throws {AppError} `payload-not-encoded` and others */
export type EncodeText = (text: string, format: FormatChoice) => Promise<Uint8Array<ArrayBuffer>>

/** A message to be made anew each time it is sent: its topic and text are templates. */
export interface TemplateMessage extends Pick<Publish, 'qos' | 'retain' | 'properties'> {
  readonly kind: 'template'
  readonly name: string
  readonly pauseMs?: number | null
  readonly topic: string
  readonly text: string
  readonly format: FormatChoice
}

/** A message whose bytes are known. */
export interface ReadyMessage {
  readonly kind: 'ready'
  readonly name: string
  readonly pauseMs?: number | null
  readonly message: Publish
}

/** A message of a run; `pauseMs`: before the next, null or left out: as the run says. */
export type RunMessage = ReadyMessage | TemplateMessage

/** What is to be sent, and how. */
export interface RunOrder {
  readonly name: string
  readonly messages: readonly RunMessage[]
  /** Each is sent every message, with the row's values as variables. */
  readonly rows: Rows | null
  /** What templates may ask for besides, by full name. */
  readonly variables: Readonly<Record<string, string>>
  readonly options: RunOptions
}

/** What is to be asked, and how. */
export interface ExchangeOrder extends Pick<RunOrder, 'name' | 'variables'> {
  readonly message: RunMessage
  readonly options: ExchangeOptions
}
