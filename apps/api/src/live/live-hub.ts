import type { RunHead } from '@signalbox/db/client/channels';
import type { Database } from '@signalbox/db/client/database';
import { activeRunHeads } from '@signalbox/db/queries/run/active-heads';
import { historyBytes } from '@signalbox/db/queries/run/history-bytes';
import { openLiveChannel } from './live-channel.ts';
import { Subscriber, type SubscriberFacts } from './subscriber.ts';

export interface LiveHubOptions {
  readonly db: Database;
  /** Opens the connection that listens. */
  readonly open: () => Promise<Database>;
  /** Milliseconds between two looks at what is subscribed; 2 s by default. */
  readonly pollMs?: number;
  /** Milliseconds between two heartbeats on the channel; 15 s by default. */
  readonly beatMs?: number;
  /** Milliseconds between two questions whether a caller may still listen; 15 s by default. */
  readonly recheckMs?: number;
  readonly onError: (error: unknown) => void;
}

/** Tells the open streams of this process which runs have new events. */
export interface LiveHub {
  /** Begins to listen. Whatever commits after this resolves is told. */
  subscribe(ask: SubscriberFacts): Promise<Subscriber>;
  unsubscribe(subscriber: Subscriber): void;
  close(): Promise<void>;
}

/** Bytes of a run's history a reader may be behind while it takes nothing. */
const mostBehind = 1_048_576;

interface Watched {
  readonly subscribers: Set<Subscriber>;
  /** The newest event known of each run that is active or watched. */
  readonly seqs: Map<number, number>;
  /** Settles when the first look is over. */
  readonly seeded: Promise<void>;
}

/**
 * One LISTEN for all streams of the process, and a look at the database every two seconds for what a notification
 * may have failed to tell. What is passed on are ids; each stream reads what its own caller may see.
 */
export async function openLiveHub(options: LiveHubOptions): Promise<LiveHub> {
  const { db, pollMs = 2_000, recheckMs = 15_000, onError } = options;
  const workspaces = new Map<string, Watched>();

  function told({ w, r, s }: RunHead): void {
    const watched = workspaces.get(w);
    if (watched === undefined || (watched.seqs.get(r) ?? 0) >= s) return;
    watched.seqs.set(r, s);
    for (const subscriber of watched.subscribers) subscriber.changed(r);
  }

  /** Compares with the database. A run that has ended is told of once more and then forgotten, unless it is watched. */
  async function look(workspaceId: string, watched: Omit<Watched, 'seeded'>, quiet: boolean): Promise<void> {
    const ids = [...watched.subscribers].flatMap(({ runId }) => (runId === null ? [] : [runId]));
    const known = new Set([...ids, ...watched.seqs.keys()]);
    const heads = await db.inWorkspace(workspaceId, (tx) => activeRunHeads(tx, [...known]));
    for (const { runId, seq, active } of heads) {
      if (quiet) watched.seqs.set(runId, Math.max(seq, watched.seqs.get(runId) ?? 0));
      else told({ w: workspaceId, r: runId, s: seq });
      if (!active && !ids.includes(runId)) watched.seqs.delete(runId);
    }
  }

  /** A reader that takes nothing while more and more waits is let go; it comes back and resumes where it was. */
  async function hangUpWhenBehind(subscriber: Subscriber): Promise<void> {
    const { workspaceId, runId, cursor } = subscriber;
    if (runId === null || subscriber.stalledMs() < pollMs) return;
    const waiting = await db.inWorkspace(workspaceId, (tx) => historyBytes(tx, runId, cursor));
    if (waiting > mostBehind && subscriber.stalledMs() >= pollMs) subscriber.hangUp();
  }

  let looking = false;
  async function poll(): Promise<void> {
    if (looking) return;
    looking = true;
    for (const [workspaceId, watched] of workspaces) {
      await look(workspaceId, watched, false).catch(onError);
      for (const subscriber of watched.subscribers) await hangUpWhenBehind(subscriber).catch(onError);
    }
    looking = false;
  }

  function begin(workspaceId: string): Watched {
    const seqs = new Map<number, number>();
    const subscribers = new Set<Subscriber>();
    const seeded = look(workspaceId, { seqs, subscribers }, true);
    const watched = { seqs, subscribers, seeded };
    workspaces.set(workspaceId, watched);
    return watched;
  }

  function forget(subscriber: Subscriber): void {
    const watched = workspaces.get(subscriber.workspaceId);
    watched?.subscribers.delete(subscriber);
    if (watched?.subscribers.size === 0) workspaces.delete(subscriber.workspaceId);
  }

  function everyone(tell: (subscriber: Subscriber) => void): void {
    for (const { subscribers } of workspaces.values()) for (const each of subscribers) tell(each);
  }

  const channel = await openLiveChannel({
    open: options.open,
    heard: (heads) => {
      for (const head of heads) told(head);
    },
    ended: (sessionId) =>
      everyone((subscriber) => {
        if (subscriber.sessionId === sessionId) subscriber.recheck();
      }),
    again: () => everyone((subscriber) => subscriber.missed()),
    ...(options.beatMs !== undefined && { beatMs: options.beatMs }),
  });
  const polling = setInterval(() => void poll(), pollMs);
  const rechecking = setInterval(() => everyone((subscriber) => subscriber.recheck()), recheckMs);
  polling.unref();
  rechecking.unref();

  return {
    async subscribe(ask) {
      const { workspaceId } = ask;
      const watched = workspaces.get(workspaceId) ?? begin(workspaceId);
      const subscriber = new Subscriber(ask);
      watched.subscribers.add(subscriber);
      // What was there before is no news; what comes after the first look is.
      await watched.seeded.catch((error: unknown) => {
        forget(subscriber);
        throw error;
      });
      return subscriber;
    },
    unsubscribe: forget,
    async close() {
      clearInterval(polling);
      clearInterval(rechecking);
      await channel.close();
    },
  };
}
