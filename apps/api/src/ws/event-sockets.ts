import type { WsEventType } from '@signalbox/contracts/provisioning/ws-events';
import type { Database } from '@signalbox/db/client/database';
import { listenerNow } from '@signalbox/db/queries/access/listener-now';
import { type FeedPlace, feedHead, isFeedPlace } from '@signalbox/db/queries/provisioning/feed';
import { callerName, holds } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { WebSocket } from 'ws';
import type { LiveHub } from '../live/live-hub.ts';
import type { Subscriber } from '../live/subscriber.ts';
import type { Cursors } from '../page/cursors.ts';
import type { AdmittedListener } from './admit-listener.ts';
import { closes } from './close-codes.ts';
import { EventSocket } from './event-socket.ts';
import { readFeedCursor, writeFeedCursor } from './feed-cursor.ts';
import { type Samples, WorkspaceFeeds } from './workspace-feeds.ts';
import type { WsSettings } from './ws-settings.ts';

export interface EventSocketsOptions {
  readonly db: Database;
  readonly live: LiveHub;
  readonly cursors: Cursors;
  readonly samples: Samples;
  readonly settings: WsSettings;
  readonly onError: (error: unknown) => void;
  readonly onClosing: (code: number) => void;
}

/** What a socket is opened for. */
export interface SocketAsk {
  /** Null where no known type is named. */
  readonly types: ReadonlySet<WsEventType> | null;
  /** The cursor to resume after; undefined: from now on. */
  readonly after: string | undefined;
}

/** Everything a socket needs, before it is one. */
export interface PreparedSocket {
  /** A cursor of where it begins. */
  readonly cursor: string;
  /** Takes the socket over and resolves when it is closed. */
  open(socket: WebSocket): Promise<void>;
  /** Gives back what was prepared, for a socket that never came. */
  discard(): void;
}

/** The event sockets of this process. */
export class EventSockets {
  readonly #options: EventSocketsOptions;
  readonly #feeds: WorkspaceFeeds;
  readonly #open = new Map<string, number>();
  readonly #sockets = new Set<EventSocket>();
  #closing = false;

  constructor(options: EventSocketsOptions) {
    this.#options = options;
    const { db, cursors, samples, settings, onError } = options;
    this.#feeds = new WorkspaceFeeds({ db, cursors, samples, sampleMs: settings.sampleMs, onError });
  }

  /**
   * Prepares a socket for whoever was admitted.
   * @throws AppError throttled when they have as many as they may have
   */
  async prepare(admitted: AdmittedListener, ask: SocketAsk): Promise<PreparedSocket> {
    const { live, cursors, settings } = this.#options;
    const { workspaceId, sessionId } = admitted.listener;
    const who = JSON.stringify([workspaceId, callerName(admitted.principal)]);
    const opened = this.#open.get(who) ?? 0;
    if (opened >= settings.mostSockets) throw new AppError({ code: 'throttled', retryAfterSeconds: 10 });
    this.#open.set(who, opened + 1);
    let taken: Subscriber | null = null;
    const discard = () => {
      if (taken !== null) live.unsubscribe(taken);
      const left = (this.#open.get(who) ?? 1) - 1;
      if (left > 0) this.#open.set(who, left);
      else this.#open.delete(who);
    };
    try {
      const subscriber = await live.subscribe({ workspaceId, runId: null, sessionId, hangUp: () => {} });
      taken = subscriber;
      const place = await this.#placeOf(workspaceId, ask.after);
      if (this.#closing) throw new AppError({ code: 'unavailable', retryAfterSeconds: 1 });
      const cursorAt = (at: FeedPlace) =>
        writeFeedCursor(cursors, workspaceId, { place: at, at: new Date() });
      return {
        cursor: place === null ? '' : cursorAt(place),
        discard,
        open: async (socket) => {
          try {
            await this.#run(socket, { ...admitted, subscriber, cursorAt, place, types: ask.types });
          } finally {
            discard();
          }
        },
      };
    } catch (error) {
      discard();
      throw error;
    }
  }

  /** Asks every socket to come back elsewhere, and opens no more. */
  closeAll(): void {
    this.#closing = true;
    for (const socket of this.#sockets) socket.close(closes.goingAway);
  }

  async #run(
    socket: WebSocket,
    parts: AdmittedListener & {
      readonly subscriber: Subscriber;
      readonly cursorAt: (place: FeedPlace) => string;
      readonly place: FeedPlace | null;
      readonly types: ReadonlySet<WsEventType> | null;
    },
  ): Promise<void> {
    const { db, settings, onError, onClosing } = this.#options;
    const { listener, subscriber, cursorAt, place, types, until } = parts;
    // A browser is told nothing of an HTTP refusal, so what a page can mend is said by closing.
    if (types === null || place === null) {
      const [code, reason] = types === null ? closes.unknownEvents : closes.unknownCursor;
      socket.close(code, reason);
      return;
    }
    const made = new EventSocket(
      socket,
      { workspaceId: listener.workspaceId, place, types, until },
      {
        ...{ feeds: this.#feeds, subscriber, cursorAt, settings, onError, onClosing },
        allowed: async () => {
          const now = await db.inWorkspace(listener.workspaceId, (tx) => listenerNow(tx, listener));
          return now !== null && holds(now, 'run.read');
        },
      },
    );
    this.#sockets.add(made);
    try {
      await made.run();
    } finally {
      this.#sockets.delete(made);
    }
  }

  /** Where a socket begins; null for a cursor that cannot be resumed after. */
  async #placeOf(workspaceId: string, after: string | undefined): Promise<FeedPlace | null> {
    const { db, cursors } = this.#options;
    if (after === undefined) return db.inWorkspace(workspaceId, feedHead);
    const place = readFeedCursor(cursors, workspaceId, { text: after, now: Date.now() });
    if (place === null) return null;
    const known = await db.inWorkspace(workspaceId, (tx) => isFeedPlace(tx, place));
    return known ? place : null;
  }
}
