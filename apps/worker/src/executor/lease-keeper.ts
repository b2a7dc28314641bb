import type { Database } from '@signalbox/db/client/database';
import { within } from '@signalbox/db/client/within';
import { heartbeat } from '@signalbox/db/commands/run/heartbeat';
import type { Lease, LeaseClock } from './lease.ts';

export interface LeaseKeeperOptions extends LeaseClock {
  /** Opens the connection that only heartbeats use. */
  readonly open: () => Promise<Database>;
  readonly onError: (error: unknown) => void;
}

/** Keeps the leases of one process. */
export interface LeaseKeeper {
  hold(lease: Lease): void;
  release(lease: Lease): void;
  stop(): Promise<void>;
}

/**
 * Renews all leases every third of their length, on a connection of its own, so that busy work cannot starve it.
 * It runs on the main loop on purpose: a process whose main loop stands still must lose its leases. A beat that
 * fails or hangs is tried again soon, on a new connection.
 */
export function createLeaseKeeper(options: LeaseKeeperOptions): LeaseKeeper {
  const { leaseMs, now, open, onError } = options;
  const held = new Set<Lease>();
  let connection: Promise<Database> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const beat = async (): Promise<void> => {
    connection ??= open();
    const db = await connection;
    for (const [workspaceId, leases] of Map.groupBy(held, (lease) => lease.workspaceId)) {
      const sentAt = now();
      const renewed = await db.inWorkspace(workspaceId, (tx) => heartbeat(tx, leases, leaseMs));
      settle(leases, new Map(renewed.map((one) => [one.runId, one.cancelRequested])), sentAt);
    }
  };

  const settle = (leases: readonly Lease[], renewed: ReadonlyMap<number, boolean>, sentAt: number): void => {
    for (const lease of leases) {
      const cancelRequested = renewed.get(lease.runId);
      if (cancelRequested === undefined) {
        // One that was released meanwhile has ended in its own way.
        if (held.has(lease)) lease.stop('lease_lost');
        continue;
      }
      lease.confirm(sentAt);
      if (cancelRequested) lease.stop('cancel');
    }
  };

  const loop = async (): Promise<void> => {
    let next = leaseMs / 3;
    try {
      if (held.size > 0) await within(leaseMs / 6, beat());
    } catch (error) {
      next = leaseMs / 15;
      const broken = connection;
      connection = null;
      // The old connection may hang; nobody waits for its end.
      void broken?.then((db) => db.close()).catch(() => undefined);
      onError(error);
    }
    if (!stopped) timer = setTimeout(() => void loop(), next);
  };

  const watch = setInterval(() => {
    for (const lease of held) lease.held();
  }, leaseMs / 12);
  timer = setTimeout(() => void loop(), leaseMs / 3);

  return {
    hold: (lease) => void held.add(lease),
    release: (lease) => void held.delete(lease),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearInterval(watch);
      await connection?.then((db) => db.close()).catch(() => undefined);
    },
  };
}
