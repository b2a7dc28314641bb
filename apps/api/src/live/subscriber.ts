/** What a subscriber has to look at. */
export interface News {
  /** Runs of the workspace with new events. */
  readonly runIds: readonly number[];
  /** Something may have been missed: lists should be read again. */
  readonly missed: boolean;
  /** Time to ask whether the caller may still listen. */
  readonly recheck: boolean;
}

export type SubscriberFacts = Pick<Subscriber, 'workspaceId' | 'runId' | 'sessionId' | 'hangUp'>;

/** More changed runs than this are not worth a hint each; the list is read again instead. */
const mostHints = 500;

/** What waits for one open stream. It holds ids only and so cannot grow without bound, however slow the reader is. */
export class Subscriber {
  readonly workspaceId: string;
  /** The run that is watched event by event. */
  readonly runId: number | null;
  /** The session that listens; null for an API key. */
  readonly sessionId: number | null;
  /** Cuts the connection of a reader who has fallen too far behind. */
  readonly hangUp: () => void;
  readonly #changed = new Set<number>();
  #missed = false;
  #recheck = false;
  #wake: (() => void) | null = null;
  /** When the reader was last given something it has not taken yet; null while it keeps up. */
  #givenAt: number | null = null;
  /** The newest event of the watched run that was given. */
  cursor = 0;

  constructor(ask: SubscriberFacts) {
    this.workspaceId = ask.workspaceId;
    this.runId = ask.runId;
    this.sessionId = ask.sessionId;
    this.hangUp = ask.hangUp;
  }

  changed(runId: number): void {
    if (this.#changed.size >= mostHints && runId !== this.runId) this.#missed = true;
    else this.#changed.add(runId);
    this.#wake?.();
  }

  missed(): void {
    this.#missed = true;
    if (this.runId !== null) this.#changed.add(this.runId);
    this.#wake?.();
  }

  recheck(): void {
    this.#recheck = true;
    this.#wake?.();
  }

  /** Marks that the reader was given something; `taken` follows when it asks for more. */
  given(): void {
    this.#givenAt = performance.now();
  }

  taken(): void {
    this.#givenAt = null;
  }

  /** Milliseconds the reader has left the last thing untouched. */
  stalledMs(): number {
    return this.#givenAt === null ? 0 : performance.now() - this.#givenAt;
  }

  /** Waits for news; null when the stream was given up. */
  async next(signal: AbortSignal | undefined): Promise<News | null> {
    while (!this.#hasNews()) {
      if (signal?.aborted) return null;
      await new Promise<void>((resolve) => {
        const done = () => {
          signal?.removeEventListener('abort', done);
          this.#wake = null;
          resolve();
        };
        this.#wake = done;
        signal?.addEventListener('abort', done);
      });
    }
    if (signal?.aborted) return null;
    const news = { runIds: [...this.#changed], missed: this.#missed, recheck: this.#recheck };
    this.#changed.clear();
    this.#missed = false;
    this.#recheck = false;
    return news;
  }

  #hasNews(): boolean {
    return this.#changed.size > 0 || this.#missed || this.#recheck;
  }
}
