import { randomUUID } from 'node:crypto'
import { AppError } from '@shared/ipc/app-error'
import type { Candidate, Unusable } from '@shared/transfer/candidate'
import type { TransferSource } from '@shared/transfer/preview'
import type { Sealed } from '@shared/transfer/pubscope-file'

/** What was read and waits for the user's word. It holds passwords, so it never goes to the page. */
export type PendingImport = { readonly fileName: string | null } & (
  | { readonly kind: 'sealed'; readonly sealed: Sealed }
  | {
      readonly kind: 'entries'
      readonly source: TransferSource
      readonly candidates: readonly Candidate[]
      readonly unusable: readonly Unusable[]
    }
)

/** A page that forgets to say that a dialog was closed must not fill the memory. */
const MOST_PENDING = 2

/** The imports whose dialogs are open. */
export class PendingImports {
  readonly #pending = new Map<string, PendingImport>()

  /** Keeps an import and returns its id; the oldest one goes where there are too many. */
  add(pending: PendingImport): string {
    const id = randomUUID()
    this.#pending.set(id, pending)
    for (const oldest of [...this.#pending.keys()].slice(0, -MOST_PENDING)) this.#pending.delete(oldest)
    return id
  }

  /** @throws {AppError} `transfer-gone` */
  get(importId: string): PendingImport {
    const found = this.#pending.get(importId)
    if (found === undefined) throw new AppError('transfer-gone', 'There is no such import any more')
    return found
  }

  drop(importId: string): void {
    this.#pending.delete(importId)
  }
}
