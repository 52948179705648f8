/** Tells news at once, then at most every so often: the newest. For what changes hundreds of times a second. */
export class Paced<News> {
  #waiting: { readonly news: News } | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(
    private readonly intervalMs: number,
    private readonly tell: (news: News) => void,
  ) {}

  say(news: News): void {
    if (this.#timer === null) this.#tellNow(news)
    else this.#waiting = { news }
  }

  #tellNow(news: News): void {
    this.tell(news)
    this.#timer = setTimeout(() => {
      const waiting = this.#waiting
      this.#timer = null
      this.#waiting = null
      if (waiting !== null) this.#tellNow(waiting.news)
    }, this.intervalMs)
  }
}
