import type { Notice, NoticeCode } from '@shared/ipc/app-info'

/** What the user should know, until they have put it away. */
export class Notices {
  #list: Notice[] = []
  #nextId = 1

  constructor(private readonly changed: (notices: Notice[]) => void) {}

  list(): Notice[] {
    return this.#list
  }

  raise(code: NoticeCode, details: Record<string, string>): void {
    this.#list = [...this.#list, { id: this.#nextId, code, details }]
    this.#nextId += 1
    this.changed(this.#list)
  }

  /** The same, unless a notice of this kind is shown already. */
  raiseOnce(code: NoticeCode, details: Record<string, string>): void {
    if (!this.#list.some((notice) => notice.code === code)) this.raise(code, details)
  }

  dismiss(noticeId: number): void {
    this.#list = this.#list.filter(({ id }) => id !== noticeId)
    this.changed(this.#list)
  }
}
