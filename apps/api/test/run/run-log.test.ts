import { makeTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finished, playRun } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let runId: number;
const read = (path: string) => api.call(`/v1/runs/${runId}/${path}`, { as: api.workspace.members.viewer });

interface Chunk {
  readonly seq: number;
  readonly line: number;
  readonly text: string;
}
interface Found {
  readonly line: number;
  readonly text: string;
  readonly level: string;
}

const chunk = (text: string, level: 'info' | 'warning' | 'error' = 'info', step: string | null = 'read') =>
  ({ kind: 'log', level, step, text }) as const;
const written = ['a\nb\n', '', 'Über 100% (x)\n\nsame\n', 'SAME again', '\n'];
const lines = ['a', 'b', '', 'Über 100% (x)', '', 'same', 'SAME again', ''];

beforeAll(async () => {
  api = await startTestApi();
  const tenant = await makeTenant(api.db, api.workspace.id);
  const body = { operation: 'snapshot_capture', tenantId: tenant.tenantId };
  const made = await api.call('/v1/runs', { method: 'POST', as: api.workspace.members.operator, body });
  runId = made.body.run.id;
  const played = await playRun(api.db, api.workspace.id, runId);
  await played.write({ entries: written.slice(0, 3).map((text) => chunk(text)) });
  // Other events in between take numbers of the same sequence, but no lines.
  await played.write({
    entries: [
      { kind: 'step', data: { name: 'write', attempt: 1, state: 'intent' } },
      chunk(written[3] ?? '', 'error', 'write'),
    ],
  });
  await played.write({ entries: [chunk(written[4] ?? '', 'warning', null)], end: finished });
});
afterAll(() => api.close());

describe('the log of a run', () => {
  it('numbers every line once, through chunks, writes and other events', async () => {
    const { body } = await read('logs');
    expect(body.items.map(({ line }: Chunk) => line)).toEqual([1, 3, 4, 7, 8]);
    expect(body).toMatchObject({ firstLine: 1, lastLine: lines.length });
    const { body: events } = await read('events');
    const logged = events.items.filter(({ kind }: { kind: string }) => kind === 'log');
    expect(logged.map(({ data }: { data: { line: number } }) => data.line)).toEqual([1, 3, 4, 7, 8]);
  });

  it('is read on, back and from a line, always oldest first', async () => {
    const { body: all } = await read('logs');
    const seqs: number[] = all.items.map(({ seq }: Chunk) => seq);
    const texts = async (query: string) =>
      (await read(`logs?${query}`)).body.items.map(({ text }: Chunk) => text);
    expect(await texts(`after=${seqs[3]}`)).toEqual(written.slice(4));
    expect(await texts('before=2147483647&limit=2')).toEqual(written.slice(3));
    expect(await texts(`before=${seqs[3]}&limit=2`)).toEqual(written.slice(1, 3));
    expect(await texts('fromLine=5&limit=1')).toEqual(written.slice(2, 3));
    expect(await texts('fromLine=3&limit=1')).toEqual(written.slice(1, 2));
    expect(await texts('fromLine=999')).toEqual(written.slice(4));
  });

  it.each(['after=1&before=2', 'before=1&fromLine=1', 'fromLine=0', 'before=0', 'fromLine=1.5'])(
    'refuses %s',
    async (query) => {
      expect((await read(`logs?${query}`)).status).toBe(400);
    },
  );
});

describe('a search in the log', () => {
  const found = async (query: string): Promise<Found[]> => {
    const answer = await read(`log-lines?${query}`);
    expect(answer.status).toBe(200);
    return answer.body.items;
  };
  const numbers = async (query: string) => (await found(query)).map(({ line }) => line);

  it('gives every line without a question, numbered as the log is', async () => {
    expect((await found('')).map(({ text }) => text)).toEqual(lines);
    expect(await numbers('')).toEqual(lines.map((_, at) => at + 1));
  });

  it('finds text as it stands, without regard to case and without patterns', async () => {
    expect(await numbers('q=same')).toEqual([6, 7]);
    expect(await numbers(`q=${encodeURIComponent('100% (')}`)).toEqual([4]);
    expect(await numbers('q=%25')).toEqual([4]);
    expect(await numbers('q=_')).toEqual([]);
    expect(await numbers(`q=${encodeURIComponent("'; drop table runs; --")}`)).toEqual([]);
  });

  it('narrows by level and by step', async () => {
    expect(await numbers('level=warning')).toEqual([7, 8]);
    expect(await numbers('level=error')).toEqual([7]);
    expect(await numbers('step=write')).toEqual([7]);
    expect(await numbers('step=read&q=same')).toEqual([6]);
  });

  it('goes on where it ended, inside a chunk too', async () => {
    const first = (await read('log-lines?limit=4')).body;
    expect(first.nextLine).toBe(4);
    const rest = (await read(`log-lines?limit=4&afterLine=${first.nextLine}`)).body;
    expect(rest.items.map(({ line }: Found) => line)).toEqual([5, 6, 7, 8]);
    expect(rest.nextLine).toBeNull();
    expect((await read('log-lines?afterLine=2147483646')).body.items).toEqual([]);
  });

  it.each([
    'afterLine=2147483647',
    'afterLine=-1',
    'q=%00',
    'q=',
    'step=a%00b',
    'level=loud',
    'limit=0',
    'x=1',
  ])('refuses %s and says what is wrong with it', async (query) => {
    const { status, body } = await read(`log-lines?${query}`);
    expect(status).toBe(400);
    expect(body.code).toBe('invalid_input');
  });
});

describe('the audit of a run', () => {
  const audit = (as: keyof TestApi['workspace']['members'], query = '') =>
    api.call(`/v1/runs/${runId}/audit${query}`, { as: api.workspace.members[as] });

  it('is told to those who may read it, in words and in order', async () => {
    const { status, body } = await audit('manager');
    expect(status).toBe(200);
    expect(body.items.map(({ label }: { label: string }) => label)).toEqual([
      'created the run',
      'ended the run',
    ]);
    expect(body.items[0]).toMatchObject({
      actor: { kind: 'user', name: api.workspace.members.operator.username },
      object: { kind: 'run', id: String(runId) },
      details: { operation: 'snapshot_capture' },
      requestId: expect.any(String),
    });
    expect(body.items[1].actor).toEqual({ kind: 'worker', name: 'played' });
  });

  it('comes in pages', async () => {
    const first = (await audit('manager', '?limit=1')).body;
    const rest = (await audit('manager', `?limit=1&cursor=${first.nextCursor}`)).body;
    expect([first, rest].map(({ items }) => items[0].action)).toEqual(['run.created', 'run.finished']);
    expect(rest.nextCursor).toBeNull();
  });

  it.each(['viewer', 'operator'] as const)('names the capability that a %s lacks', async (role) => {
    const { status, body } = await audit(role);
    expect(status).toBe(403);
    expect(body.capability).toBe('audit.read');
  });
});
