import { editSession } from '@signalbox/db/commands/onboarding/edit-session';
import { type Edited, type Editor, isEditor } from '@signalbox/db/commands/onboarding/editor';
import { startBootstrap } from '@signalbox/db/commands/onboarding/start-bootstrap';
import { takeLock } from '@signalbox/db/commands/onboarding/take-lock';
import type { Draft } from '@signalbox/domain/onboarding/draft';
import { makeVerified } from '@signalbox/testing/fixtures/verified';
import { waitUntil } from '@signalbox/testing/wait-until';
import { expect, it } from 'vitest';
import { dieAt } from './die-at.ts';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { sql, db } = bench;

const work = [
  { operation: 'directory.role_definitions.sync', input: {} },
  { operation: 'inventory.sync', input: {} },
] as const;

/** The owner of a workspace and a colleague. */
async function twoPeople({ owner, workspaceId }: Place): Promise<{ ada: Editor; ben: Editor }> {
  const [other] = await sql`select u.id, u.username from members m join users u on u.id = m.user_id
    where m.workspace_id = ${workspaceId} and m.role = 'manager'`;
  const colleague = { ...owner, userId: Number(other?.id), username: String(other?.username) };
  if (!isEditor(owner) || !isEditor(colleague)) throw new Error('Only a person edits.');
  return { ada: owner, ben: colleague };
}

const type = (
  sessionId: number,
  by: Editor,
  { draft, version = null }: { readonly draft: Draft; readonly version?: number | null },
): Promise<Edited> =>
  editSession(db, by, {
    sessionId,
    hold: { version, takeover: false, reason: null, requestId: null },
    draft,
  });

it.each([
  {
    where: 'in the middle of the second operation',
    failpoint: 'after_effect:device configurations, page 1',
    epochs: [1, 2],
  },
  { where: 'between two operations', failpoint: 'after_finish', epochs: [1, 1] },
])(
  'two people on one onboarding, a worker that is killed $where and a takeover lose nothing, and do nothing twice',
  async ({ failpoint, epochs }) => {
    const place = await bench.place('adatum');
    const { ada, ben } = await twoPeople(place);
    await makeVerified(db, place);
    const [row] = await sql`
      insert into onboarding_sessions (workspace_id, tenant_id, connection_id, status, step, created_by)
      values (${place.workspaceId}, ${place.tenantId}, ${place.connectionId}, 'in_progress', 5, 'test') returning id`;
    const sessionId = Number(row?.id);
    const typed = await type(sessionId, ada, { draft: { notes: 'Ask Carla first' } });
    if (typed.kind !== 'done') throw new Error(typed.message);
    const { version } = typed.session.lock;
    const started = await startBootstrap(db, ada, {
      ...{ sessionId, connectionId: null, operations: work },
      ...{ sourceSurface: null, idempotency: null, requestId: null },
    });
    expect(started).toMatchObject({ kind: 'answered', result: { verdict: { kind: 'accepted' } } });
    await dieAt(bench, failpoint);

    const take = { sessionId, takeover: true, reason: 'Ada is away', requestId: null };
    expect(await takeLock(db, ben, take)).toMatchObject({ kind: 'done' });
    const late = await type(sessionId, ada, { draft: { notes: 'typed too late' }, version });
    expect(late).toMatchObject({ kind: 'refused', reason: 'session_locked', kept: true });
    expect(await type(sessionId, ben, { draft: { notes: 'by Ben' } })).toMatchObject({ kind: 'done' });

    await bench.worker({}, { leaseMs: 3_000 });
    const sessionNow = async () => (await sql`select * from onboarding_sessions where id = ${sessionId}`)[0];
    const session = await waitUntil('the onboarding to be completed', sessionNow, {
      until: (now) => now?.status === 'completed',
      timeoutMs: 30_000,
    });
    expect(session).toMatchObject({
      draft: { notes: 'by Ben' },
      kept_drafts: { [ada.username]: { notes: 'typed too late' } },
    });
    const runs = await sql`select id, operation, status, lease_epoch from runs
      where workspace_id = ${place.workspaceId} order by id`;
    expect(runs.map(({ operation, status, lease_epoch: epoch }) => ({ operation, status, epoch }))).toEqual(
      work.map(({ operation }, at) => ({ operation, status: 'succeeded', epoch: epochs[at] })),
    );
    const seen = await sql`select task_type, status, session_id from evidence
      where workspace_id = ${place.workspaceId} and run_id is not null order by id`;
    expect([...seen]).toEqual(
      work.map(({ operation }) => ({ task_type: operation, status: 'ok', session_id: String(sessionId) })),
    );
    // Whoever asked is told, also when somebody else edits by then.
    const told =
      await sql`select user_id, run_id from notifications where workspace_id = ${place.workspaceId}`;
    expect([...told]).toEqual([{ user_id: String(ada.userId), run_id: runs[1]?.id }]);
  },
);

it('a verification whose worker is killed behind its answer observes once, and keeps that answer', async () => {
  const place = await bench.place('adatum');
  const runId = await bench.start(place, 'onboarding.consent.verify');
  await dieAt(bench, 'after_record:verify');
  expect(await sql`select from evidence where run_id = ${runId}`).toHaveLength(0);
  // Asked again, the provider would answer otherwise.
  await bench.control.changeApp('adatum', { secretExpiresAt: '2026-01-01T00:00:00Z' });
  await bench.worker({}, { leaseMs: 3_000 });
  expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', lease_epoch: 2 });
  const seen = await sql`select status, reason from evidence where run_id = ${runId}`;
  expect([...seen]).toEqual([{ status: 'ok', reason: null }]);
});
