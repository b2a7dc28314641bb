import { randomUUID } from 'node:crypto';
import { decodeRunHeads, type RunHead, runsChannel, sessionsChannel } from '@signalbox/db/client/channels';
import type { Database } from '@signalbox/db/client/database';

export interface LiveChannelOptions {
  /** Opens a connection of the channel's own, so that a dead one can be thrown away without touching others. */
  readonly open: () => Promise<Database>;
  readonly heard: (heads: readonly RunHead[]) => void;
  /** A session has ended. */
  readonly ended: (sessionId: number) => void;
  /** Notifications may have been missed. */
  readonly again: () => void;
  /** Milliseconds between two heartbeats; one that is not heard by the next ends the connection. 15 s by default. */
  readonly beatMs?: number;
}

/** A standing LISTEN. */
export interface LiveChannel {
  close(): Promise<void>;
}

/**
 * Listens for new events of runs and for the end of sessions. A socket that died without a word stays silent for ever, so the process sends
 * itself a heartbeat over the channel; when it is not heard, the connection is thrown away and made anew.
 */
export async function openLiveChannel(options: LiveChannelOptions): Promise<LiveChannel> {
  const { open, heard, ended, again, beatMs = 15_000 } = options;
  let db: Database | null = null;
  let sent: string | null = null;
  let closed = false;
  let renewing = false;

  async function connect(): Promise<void> {
    const opened = await open();
    let first = true;
    await opened.listen(
      runsChannel,
      (payload) => {
        if (payload === sent) sent = null;
        else heard(decodeRunHeads(payload));
      },
      () => {
        if (!first) again();
        first = false;
      },
    );
    await opened.listen(
      sessionsChannel,
      (payload) => ended(Number(payload)),
      () => {},
    );
    if (closed) await opened.close();
    else db = opened;
  }

  async function renew(): Promise<void> {
    renewing = true;
    const dead = db;
    db = null;
    sent = null;
    // Closing waits for a socket that may never answer; the new connection does not wait for that.
    void dead?.close().catch(() => {});
    try {
      await connect();
      again();
    } catch {
      // The next beat tries again.
    } finally {
      renewing = false;
    }
  }

  function beat(): void {
    if (renewing) return;
    if (sent !== null || db === null) {
      void renew();
      return;
    }
    sent = `beat:${randomUUID()}`;
    void db.notify(runsChannel, sent).catch(() => {});
  }

  await connect();
  const timer = setInterval(beat, beatMs);
  timer.unref();
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await db?.close();
    },
  };
}
