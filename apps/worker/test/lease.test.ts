import type { Database } from '@signalbox/db/client/database';
import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import { LeaseLost } from '@signalbox/db/commands/run/run-write';
import { createLease } from '@signalbox/worker/executor/lease';
import { createLeaseKeeper } from '@signalbox/worker/executor/lease-keeper';
import { expect, test } from 'vitest';

const run = { id: 7, workspaceId: 'acme', epoch: 1 } as ClaimedRun;

test('a lease is lost after two thirds of its length without a confirmed heartbeat', () => {
  let time = 0;
  const lease = createLease(run, 0, { leaseMs: 30_000, now: () => time });
  time = 19_999;
  expect(lease.held()).toBe(true);
  // Counted from when the heartbeat was sent, not from when its answer came.
  lease.confirm(10_000);
  time = 29_999;
  expect(lease.held()).toBe(true);
  time = 30_000;
  expect(lease.held()).toBe(false);
  expect(lease.signal.aborted).toBe(true);
  expect(lease.stopCause()).toBe('lease_lost');
  lease.confirm(30_000);
  expect(lease.held()).toBe(false);
});

test('a lost lease replaces any other cause to stop, and nothing replaces a lost lease', () => {
  const lease = createLease(run, 0, { leaseMs: 30_000, now: () => 0 });
  lease.stop('shutdown');
  lease.stop('cancel');
  expect(lease.stopCause()).toBe('shutdown');
  expect(lease.lostSignal.aborted).toBe(false);
  lease.stop('lease_lost');
  lease.stop('cancel');
  expect(lease.stopCause()).toBe('lease_lost');
  expect(lease.lostSignal.aborted).toBe(true);
});

test('who waits for the database while the lease is lost hears of it at once', async () => {
  const lease = createLease(run, 0, { leaseMs: 30_000, now: () => 0 });
  const waiting = lease.whileHeld(new Promise(() => {}));
  lease.stop('lease_lost');
  await expect(waiting).rejects.toBeInstanceOf(LeaseLost);
});

test('heartbeats that hang lose the lease, and the next try takes a new connection', async () => {
  const leaseMs = 300;
  let opened = 0;
  const hanging = {
    inWorkspace: () => new Promise(() => {}),
    close: () => Promise.resolve(),
  } as unknown as Database;
  const errors: unknown[] = [];
  const keeper = createLeaseKeeper({
    leaseMs,
    now: () => performance.now(),
    open: async () => {
      opened += 1;
      return hanging;
    },
    onError: (error) => errors.push(error),
  });
  const lease = createLease(run, performance.now(), { leaseMs, now: () => performance.now() });
  keeper.hold(lease);
  await expect.poll(() => lease.stopCause()).toBe('lease_lost');
  await expect.poll(() => opened).toBeGreaterThan(1);
  await keeper.stop();
});
