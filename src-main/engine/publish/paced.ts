/** Tells news that may change hundreds of times a second, and whose newest alone counts. */
export class Paced<News> {
  #waiting: { readonly news: News } | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(
    private readonly intervalMs: number,
    private readonly tell: (news: News) => void,
  ) {}

  /** Tells it at once. */
  now(news: News): void {
    this.#waiting = null
    this.tell(news)
  }

  /** Tells it within the interval, unless there is newer news by then. */
  soon(news: News): void {
    this.#waiting = { news }
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      if (this.#waiting !== null) this.now(this.#waiting.news)
    }, this.intervalMs)
  }
}
