import { setImmediate } from 'node:timers/promises';
import type { WsEventType } from '@signalbox/contracts/provisioning/ws-events';
import type { Database } from '@signalbox/db/client/database';
import { type FeedPlace, feedAfter } from '@signalbox/db/queries/provisioning/feed';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { Cursors } from '../page/cursors.ts';
import { presentWsEvent } from '../presenters/provisioning/ws-event.ts';
import { writeFeedCursor } from './feed-cursor.ts';

/** What is measured while somebody listens, and never stored. */
export interface Samples {
  /** As `GET /state/system/health` answers it. */
  readonly readHealth: (workspaceId: string) => Promise<JsonObject>;
  /** As `GET /state/system/metrics` answers it. */
  readonly readMetrics: (workspaceId: string) => Promise<JsonObject>;
}

/** An event as it goes over the wire. */
export interface ToldEvent {
  readonly type: WsEventType;
  readonly place: FeedPlace;
  readonly frame: string;
}

/** What stands after a place. */
export interface ToldPage {
  readonly events: readonly ToldEvent[];
  /** Where reading goes on, also after events that are not told. */
  readonly end: FeedPlace;
  /** There may be more at once. */
  readonly full: boolean;
  /** Something was written that may not be told yet. */
  readonly withheld: boolean;
}

/** Who is given samples. */
export interface Sampled {
  sample(type: WsEventType, data: JsonObject): void;
}

export interface WorkspaceFeedsOptions {
  readonly db: Database;
  readonly cursors: Cursors;
  readonly samples: Samples;
  /** Milliseconds between two samples. */
  readonly sampleMs: number;
  readonly onError: (error: unknown) => void;
}

/** Events read at once: a page of the largest pieces of log is about 6 MB, shared by all who read it. */
const pageSize = 100;

interface Listening {
  readonly who: Set<Sampled>;
  readonly timer: NodeJS.Timeout;
  /** What was measured last; whoever comes in between is told it at once. */
  readonly last: Map<WsEventType, JsonObject>;
}

/** Reads the feeds of workspaces for all sockets of the process: who stands at the same place shares one reading. */
export class WorkspaceFeeds {
  readonly #options: WorkspaceFeedsOptions;
  readonly #reading = new Map<string, Promise<ToldPage>>();
  readonly #listening = new Map<string, Listening>();

  constructor(options: WorkspaceFeedsOptions) {
    this.#options = options;
  }

  /** What stands after a place now. Whoever asks before the reading has begun shares it, and nobody who asks later. */
  read(workspaceId: string, after: FeedPlace): Promise<ToldPage> {
    const key = JSON.stringify([workspaceId, after]);
    const known = this.#reading.get(key);
    if (known !== undefined) return known;
    const page = setImmediate().then(() => {
      this.#reading.delete(key);
      return this.#page(workspaceId, after);
    });
    this.#reading.set(key, page);
    return page;
  }

  async #page(workspaceId: string, after: FeedPlace): Promise<ToldPage> {
    const { db, cursors } = this.#options;
    const { rows, withheld } = await db.inWorkspace(workspaceId, (tx) => feedAfter(tx, after, pageSize));
    const events = rows.flatMap((row): ToldEvent[] => {
      const event = presentWsEvent(row, writeFeedCursor(cursors, workspaceId, row));
      return event === null
        ? []
        : [{ type: event.event_type, place: row.place, frame: JSON.stringify(event) }];
    });
    return { events, end: rows.at(-1)?.place ?? after, full: rows.length === pageSize, withheld };
  }

  /** Measures for somebody as long as they listen. */
  join(workspaceId: string, sampled: Sampled): void {
    const known = this.#listening.get(workspaceId);
    if (known !== undefined) {
      known.who.add(sampled);
      for (const [type, data] of known.last) sampled.sample(type, data);
      return;
    }
    const timer = setInterval(() => void this.#sample(workspaceId), this.#options.sampleMs);
    timer.unref();
    this.#listening.set(workspaceId, { who: new Set([sampled]), timer, last: new Map() });
    void this.#sample(workspaceId);
  }

  leave(workspaceId: string, sampled: Sampled): void {
    const known = this.#listening.get(workspaceId);
    if (known?.who.delete(sampled) !== true || known.who.size > 0) return;
    clearInterval(known.timer);
    this.#listening.delete(workspaceId);
  }

  async #sample(workspaceId: string): Promise<void> {
    const { samples, onError } = this.#options;
    const tell = async (type: WsEventType, data: Promise<JsonObject>) => {
      const told = await data;
      const listening = this.#listening.get(workspaceId);
      listening?.last.set(type, told);
      for (const each of listening?.who ?? []) each.sample(type, told);
    };
    // Each by itself: health is told of a database that is away, which metrics cannot be read from.
    await Promise.all([
      tell('SystemHealthUpdate', samples.readHealth(workspaceId)).catch(onError),
      tell('MetricUpdate', samples.readMetrics(workspaceId)).catch(onError),
    ]);
  }
}
