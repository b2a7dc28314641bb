import type { WsEventType } from '@signalbox/contracts/provisioning/ws-events';
import type { FeedPlace } from '@signalbox/db/queries/provisioning/feed';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { WebSocket } from 'ws';
import type { Subscriber } from '../live/subscriber.ts';
import { moment } from '../presenters/time.ts';
import { type Close, closes } from './close-codes.ts';
import type { Sampled, WorkspaceFeeds } from './workspace-feeds.ts';
import type { WsSettings } from './ws-settings.ts';

/** What one socket is about. */
export interface SocketFacts {
  readonly workspaceId: string;
  /** Where it begins. */
  readonly place: FeedPlace;
  readonly types: ReadonlySet<WsEventType>;
  /** When the token it was opened with expires; null where the session or the key alone decides. */
  readonly until: Date | null;
}

/** What a socket works with. */
export interface SocketParts {
  readonly feeds: WorkspaceFeeds;
  /** Hears of new events and of the end of the session. */
  readonly subscriber: Subscriber;
  /** Whether whoever listens still may. */
  readonly allowed: () => Promise<boolean>;
  /** The cursor of a place that is not an event's own. */
  readonly cursorAt: (place: FeedPlace) => string;
  readonly settings: WsSettings;
  readonly onError: (error: unknown) => void;
  /** The socket begins to close, for a reason of ours; a reader who is slow hears of it later. */
  readonly onClosing: (code: number) => void;
}

/** How soon something that could not be told yet is looked for again, ms. */
const lookAgainMs = 100;

/** Longer timers end at once. */
const longestTimerMs = 2_147_483_647;

/** Frames of a client that are counted together, ms. */
const frameWindowMs = 10_000;

/** One open event socket: tells every event of its types once, in order, for as long as its listener may hear it. */
export class EventSocket implements Sampled {
  readonly #socket: WebSocket;
  readonly #facts: SocketFacts;
  readonly #parts: SocketParts;
  readonly #gone = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  #place: FeedPlace;
  #alive = true;
  #frames = 0;
  #recheck = false;
  #news = true;
  #wake: (() => void) | null = null;

  constructor(socket: WebSocket, facts: SocketFacts, parts: SocketParts) {
    this.#socket = socket;
    this.#facts = facts;
    this.#parts = parts;
    this.#place = facts.place;
    socket.on('close', () => this.#gone.abort());
    socket.on('message', (_data, binary) => {
      if (binary) this.close(closes.binary);
      this.#count();
    });
    socket.on('ping', () => this.#count());
    socket.on('pong', () => {
      this.#alive = true;
      this.#count();
    });
  }

  /** Tells events until the socket is closed, by whomever. */
  async run(): Promise<void> {
    const { feeds, subscriber, settings } = this.#parts;
    this.#every(settings.heartbeatMs, () => this.#beat());
    this.#every(settings.lookMs, () => this.#look());
    this.#every(settings.recheckMs, () => {
      this.#recheck = true;
      this.#look();
    });
    this.#every(frameWindowMs, () => {
      this.#frames = 0;
    });
    this.#expireAt(this.#facts.until);
    feeds.join(this.#facts.workspaceId, this);
    try {
      await Promise.all([this.#follow(subscriber), this.#tell()]);
    } finally {
      feeds.leave(this.#facts.workspaceId, this);
      for (const timer of this.#timers) clearInterval(timer);
    }
  }

  /** Begins to close; nothing is told any more. */
  close([code, reason]: Close): void {
    if (this.#open()) this.#parts.onClosing(code);
    this.#socket.close(code, reason);
    // Nobody waits for what this socket would still read.
    this.#gone.abort();
  }

  sample(type: WsEventType, data: JsonObject): void {
    const full = this.#socket.bufferedAmount >= this.#parts.settings.mostQueued;
    if (full || !this.#open() || !this.#facts.types.has(type)) return;
    const metadata = { cursor: this.#parts.cursorAt(this.#place) };
    this.#socket.send(JSON.stringify({ event_type: type, timestamp: moment(new Date()), data, metadata }));
  }

  async #follow(subscriber: Subscriber): Promise<void> {
    for (;;) {
      const news = await subscriber.next(this.#gone.signal);
      if (news === null) return;
      this.#recheck ||= news.recheck;
      this.#look();
    }
  }

  async #tell(): Promise<void> {
    while (this.#open()) {
      this.#news = false;
      const more = await this.#once().catch((error: unknown) => {
        this.#parts.onError(error);
        return false;
      });
      if (!more && !this.#news) await this.#woken();
    }
  }

  /** Tells one page; true when there is more. */
  async #once(): Promise<boolean> {
    const { feeds, allowed } = this.#parts;
    if (this.#recheck) {
      this.#recheck = false;
      if (!(await allowed())) {
        this.close(closes.signedOut);
        return false;
      }
    }
    const page = await feeds.read(this.#facts.workspaceId, this.#place);
    for (const { type, place, frame } of page.events) {
      if (!this.#open()) return false;
      if (this.#facts.types.has(type)) await this.#send(frame);
      this.#place = place;
    }
    this.#place = page.end;
    if (page.withheld) setTimeout(() => this.#look(), lookAgainMs).unref();
    return page.full;
  }

  /** Sends a frame. When too much is queued the reader has a moment to take it, and is let go if it does not. */
  async #send(frame: string): Promise<void> {
    const { mostQueued, slowMs } = this.#parts.settings;
    const settled = Promise.withResolvers<void>();
    const settle = () => settled.resolve();
    this.#socket.send(frame, settle);
    if (this.#socket.bufferedAmount < mostQueued) return;
    const slow = setTimeout(() => this.close(closes.tooSlow), slowMs);
    this.#gone.signal.addEventListener('abort', settle, { once: true });
    await settled.promise;
    this.#gone.signal.removeEventListener('abort', settle);
    clearTimeout(slow);
  }

  #open(): boolean {
    return !this.#gone.signal.aborted;
  }

  #look(): void {
    this.#news = true;
    this.#wake?.();
  }

  async #woken(): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#wake = null;
        this.#gone.signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake = done;
      this.#gone.signal.addEventListener('abort', done);
      if (!this.#open()) done();
    });
  }

  #beat(): void {
    if (!this.#alive) this.#socket.terminate();
    else if (this.#open()) this.#socket.ping();
    this.#alive = false;
  }

  /** A client has nothing to say; one that talks all the time is let go, at once if it goes on after that. */
  #count(): void {
    this.#frames += 1;
    const most = this.#parts.settings.mostFrames;
    if (this.#frames > 2 * most) this.#socket.terminate();
    else if (this.#frames > most) this.close(closes.tooMany);
  }

  #expireAt(until: Date | null): void {
    if (until === null) return;
    const left = Math.min(longestTimerMs, Math.max(0, until.getTime() - Date.now()));
    const timer = setTimeout(() => this.close(closes.signedOut), left);
    timer.unref();
    this.#timers.push(timer);
  }

  #every(ms: number, act: () => void): void {
    const timer = setInterval(act, ms);
    timer.unref();
    this.#timers.push(timer);
  }
}
