import { defineOperation } from '@signalbox/worker/operations/operation';
import { startWorker } from '@signalbox/worker/start-worker';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';

/**
 * A worker process whose only operation asks a ledger for three effects, one after the other. Its environment says
 * where database and ledger are, how long a lease is, and where it dies.
 */
const { DATABASE_URL = '', LEDGER_URL = '', LEASE_MS = '2000', FAILPOINT } = process.env;
const logger = pino({ base: null });

const ledger = defineOperation({
  name: 'ledger',
  retry: { attempts: 3, baseMs: 100, capMs: 1_000 },
  parseInput: (input) => ({ idempotent: input.idempotent === true }),
  perform: async (context, { idempotent }) => {
    for (const step of ['one', 'two', 'three']) {
      await context.step(step, { idempotent }, async (key, signal) => {
        const body = JSON.stringify({ key, step, pid: process.pid });
        const response = await fetch(LEDGER_URL, { method: 'POST', body, signal });
        await response.text();
        return process.pid;
      });
    }
    return { kind: 'done' };
  },
});

const worker = await startWorker({
  databaseUrl: DATABASE_URL,
  operations: [ledger],
  logger,
  leaseMs: Number(LEASE_MS),
  slots: 5,
  pollMs: 200,
  finishMs: 200,
  deafMs: 2_000,
  ...(FAILPOINT !== undefined && { failpoint: FAILPOINT }),
});
closeWithGrace({ delay: 10_000, logger: false }, () => worker.stop());
logger.info('worker ready');
