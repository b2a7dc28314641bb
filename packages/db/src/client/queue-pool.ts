import pg from 'pg';

/**
 * The pool graphile-worker uses: its sessions are the queue role, which owns the queue's schema and nothing else.
 * Error handlers stand on the pool and on every client; without them a killed backend would end the process.
 */
export function openQueuePool(options: {
  readonly url: string;
  readonly name: string;
  readonly max: number;
}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.name,
    max: options.max,
    options: '-c role=signalbox_queue',
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  return pool;
}
