import { randomBytes } from 'node:crypto';
import { createLogger } from '@signalbox/worker/logger';
import { OperationFailure } from '@signalbox/worker/operations/failures';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench, operation } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => bench.stopWorkers());
afterAll(() => bench.close());

const secret = `conn-${randomBytes(12).toString('hex')}/+ ü`;
const encoded = Buffer.from(`client:${secret}`).toString('base64');
const forms = [secret, encodeURIComponent(secret), encoded];

/** Everything a run keeps, as text. */
async function kept(runId: number): Promise<string> {
  const rows = [
    ...(await bench.sql`select * from runs where id = ${runId}`),
    ...(await bench.sql`select * from run_events where run_id = ${runId} order by seq`),
    ...(await bench.sql`select * from run_logs where run_id = ${runId} order by seq`),
    ...(await bench.sql`select * from run_steps where run_id = ${runId}`),
    ...(await bench.sql`select * from run_items where run_id = ${runId}`),
  ];
  return JSON.stringify(rows, (_name, value) => (typeof value === 'bigint' ? String(value) : value));
}

const logOf = async (runId: number) =>
  (await bench.sql<{ text: string }[]>`select text from run_logs where run_id = ${runId} order by seq`)
    .map(({ text }) => text)
    .join('\n');

describe('what a run writes is stored without secrets', () => {
  it('wherever an operation puts the credential it opened: log, progress, step, item, output and error', async () => {
    await bench.worker([
      operation(async (run) => {
        run.conceal(secret);
        for (const form of forms) await run.log('info', `sent ${form} away`);
        await run.progress(0.5, `working with ${secret}`);
        await run.step('step', { idempotent: true }, async () => ({ token: secret, nested: [encoded] }));
        await run.items.declare([{ key: 'a', label: `item ${secret}` }]);
        const error = {
          code: 'internal',
          message: `refused ${secret}`,
          context: { url: forms[1] ?? '' },
        } as const;
        await run.items.settle('a', 'failed', { error, detail: { header: `Basic ${encoded}` } });
        run.setOutput({ used: secret });
        throw new OperationFailure(error, false);
      }),
    ]);
    const runId = await bench.insert();
    expect(await bench.settled(runId)).toMatchObject({ status: 'failed' });
    const all = await kept(runId);
    for (const form of [...forms, encoded.slice(12, 40)]) expect(all).not.toContain(form);
    expect(all.split('[redacted]').length).toBeGreaterThan(9);
  });

  it('a secret that a chunk would cut in two is not cut: it is gone before', async () => {
    const token = `eyJ${randomBytes(40).toString('hex')}.${randomBytes(40).toString('hex')}.c2ln`;
    await bench.worker([
      operation(async (run) => {
        run.conceal(secret);
        // A chunk has 21,000 characters; the secrets lie on every possible border of the first.
        for (const shift of [0, 1, 5, 20, 60]) {
          await run.log('info', `${'x'.repeat(20_990 - shift)} ${secret} ${token} ${'y'.repeat(30_000)}`);
        }
      }),
    ]);
    const runId = await bench.insert();
    expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded' });
    const text = (await logOf(runId)).replaceAll('\n', '');
    expect(text).toContain('y'.repeat(30_000));
    for (const part of [
      secret,
      secret.slice(0, 12),
      secret.slice(-14),
      token.slice(0, 20),
      token.slice(-20),
    ]) {
      expect(text).not.toContain(part);
    }
  });

  it('a private key that is logged line by line, over several writes', async () => {
    const body = Array.from({ length: 6 }, () => randomBytes(32).toString('base64'));
    await bench.worker([
      operation(async (run) => {
        const lines = ['-----BEGIN RSA PRIVATE KEY-----', ...body, '-----END RSA PRIVATE KEY-----', 'after'];
        for (const line of lines) {
          await run.log(line === 'after' ? 'warning' : 'info', line);
          // Durable before the next line comes.
          await run.save(async () => undefined);
        }
      }),
    ]);
    const runId = await bench.insert();
    expect(await bench.settled(runId)).toMatchObject({ status: 'succeeded' });
    const text = await logOf(runId);
    for (const line of body) expect(text).not.toContain(line);
    expect(text).toContain('after');
  });
});

it('the worker’s own log is redacted in members, texts and errors', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const error = new Error('no password=hunter2', { cause: new Error('token=hunter2') });
  logger
    .child({ runId: 1 })
    .info({ error, secret: 'hunter2', url: 'https://a:hunter2@b/' }, 'sent Bearer hunter2+/x');
  logger.info('password=hunter2 %s', 'token=hunter2');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain('hunter2');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    part: 'worker',
    runId: 1,
    msg: 'sent Bearer [redacted]',
  });
});
