import { abandonSession } from '@signalbox/db/commands/onboarding/abandon-session';
import { dismissDraft } from '@signalbox/db/commands/onboarding/dismiss-draft';
import { openSession } from '@signalbox/db/commands/onboarding/open-session';
import { releaseLock } from '@signalbox/db/commands/onboarding/release-lock';
import { restoreDraft } from '@signalbox/db/commands/onboarding/restore-draft';
import { takeLock } from '@signalbox/db/commands/onboarding/take-lock';
import { liveSession } from '@signalbox/db/queries/onboarding/sessions';
import type { Person } from '@signalbox/domain/access/principal';
import type { TestWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GateDatabase } from '../gate/gate-database.ts';
import { hold, openSessionBench, requestId, type SessionBench, sessionOf } from './session-bench.ts';

let bench: SessionBench;
let gate: GateDatabase;
let workspace: TestWorkspace;
let operator: Person;
let manager: Person;

beforeAll(async () => {
  bench = await openSessionBench();
  ({ gate, workspace, operator, manager } = bench);
});
beforeEach(() => bench.freshTenant());
afterAll(() => gate.close());

const expire = (id: number) =>
  gate.admin`update onboarding_sessions set locked_until = now() - interval '1 second' where id = ${id}`;

test('of many who open the onboarding of a tenant at once, all get the same session; a new one only after its end', async () => {
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      openSession(gate.db, index % 2 === 0 ? operator : manager, {
        ...{ tenantId: bench.tenant().tenantId, takesLock: true, requestId },
      }),
    ),
  );
  const ids = new Set(asked.map(({ session }) => session.id));
  expect([ids.size, asked.filter(({ opened }) => opened).length]).toEqual([1, 1]);
  const [id = 0] = ids;
  const holder = asked[0]?.session.lock.name === manager.username ? manager : operator;
  sessionOf(await abandonSession(gate.db, holder, { sessionId: id, reason: 'Called off', requestId }));
  const live = () =>
    gate.db.inWorkspace(workspace.id, (tx) => liveSession(tx, operator, bench.tenant().tenantId));
  expect(await live()).toBeNull();
  expect((await bench.open()).id).toBeGreaterThan(id);
  const narrow = { ...operator, tenants: [] };
  expect(
    await gate.db.inWorkspace(workspace.id, (tx) => liveSession(tx, narrow, bench.tenant().tenantId)),
  ).toBeNull();
});

test('who opens the onboarding while it is being ended gets a new one, and never the one that is over', async () => {
  for (const takesLock of [true, false]) {
    await bench.freshTenant();
    const { id } = await bench.open(operator, false);
    const ending = await gate.admin.begin(async (sql) => {
      await sql`update onboarding_sessions set status = 'abandoned', finished_at = now() where id = ${id}`;
      const opening = bench.open(manager, takesLock);
      await bench.waiting(1);
      return { opening };
    });
    const opened = await ending.opening;
    expect(opened).toMatchObject({ status: 'draft', lock: { held: takesLock } });
    expect(opened.id).toBeGreaterThan(id);
  }
});

test('one person edits at a time; a takeover is audited with both names and keeps what the other had typed', async () => {
  const session = await bench.open();
  expect(session).toMatchObject({
    status: 'draft',
    lock: { name: operator.username, held: true, version: 1 },
  });
  const typed = sessionOf(await bench.type(session, operator, { notes: 'Ask Ada first' }));
  expect(typed).toMatchObject({
    status: 'in_progress',
    draft: { notes: 'Ask Ada first' },
    lock: { version: 1 },
  });

  const ask = { sessionId: session.id, takeover: false, reason: null, requestId };
  expect(await takeLock(gate.db, manager, ask)).toMatchObject({
    kind: 'refused',
    reason: 'session_locked',
    message: `${operator.username} is editing the onboarding of this tenant.`,
  });
  const taken = sessionOf(await bench.takeOver(session.id));
  expect(taken.lock).toMatchObject({ userId: manager.userId, version: 2 });
  expect(taken.keptDrafts).toEqual({ [operator.username]: { notes: 'Ask Ada first' } });
  expect(await bench.audited(session.id)).toMatchObject([
    { action: 'onboarding.opened', actor_name: operator.username },
    { action: 'onboarding.locked', actor_name: operator.username },
    { action: 'onboarding.changed', details: { begun: true, fields: ['notes'] } },
    {
      action: 'onboarding.taken_over',
      actor_name: manager.username,
      details: { from: operator.username, to: manager.username, reason: 'The night shift goes on' },
    },
  ]);
  // What was typed is nowhere in the log.
  expect(JSON.stringify(await bench.audited(session.id))).not.toContain('Ada');
});

test('what a former holder sends too late is refused and kept for them, and never written over what came after', async () => {
  const session = await bench.open();
  sessionOf(await bench.type(session, operator, { notes: 'first' }));
  sessionOf(await bench.takeOver(session.id));
  const present = sessionOf(await bench.edit(session, manager, { draft: { notes: 'theirs' }, under: 2 }));
  const late = await bench.type(session, operator, { notes: 'late', clientId: 'x' });
  expect(late).toMatchObject({ kind: 'refused', reason: 'session_locked', kept: true });
  expect(late).toMatchObject({ message: expect.stringContaining('What you typed is kept for you.') });
  // Also when nobody edits any more: the version is not theirs.
  sessionOf(await releaseLock(gate.db, manager, { sessionId: session.id, requestId }));
  const later = await bench.type(session, operator, { notes: 'later' });
  expect(later).toMatchObject({ kind: 'refused', reason: 'conflict', kept: true });
  expect(await bench.type(present, manager, { notes: 'after release' })).toMatchObject({
    kind: 'refused',
  });

  const kept = (await bench.audited(session.id)).filter(({ action }) => action === 'onboarding.draft_kept');
  expect(kept).toMatchObject([
    { actor_name: operator.username, details: { fields: ['clientId', 'notes'], reason: 'session_locked' } },
    { actor_name: operator.username, details: { fields: ['notes'], reason: 'conflict' } },
    { actor_name: manager.username, details: { fields: ['notes'], reason: 'conflict' } },
  ]);

  const mine = sessionOf(
    await takeLock(gate.db, operator, {
      ...{ sessionId: session.id, takeover: false, reason: null, requestId },
    }),
  );
  expect(mine.draft).toEqual({ notes: 'theirs' });
  expect(mine.keptDrafts[operator.username]).toEqual({ notes: 'later', clientId: 'x' });
  const restored = sessionOf(
    await restoreDraft(gate.db, operator, { sessionId: session.id, hold: hold(mine.lock.version) }),
  );
  expect(restored.draft).toEqual({ notes: 'later', clientId: 'x' });
  expect(restored.keptDrafts).toEqual({ [manager.username]: { notes: 'after release' } });
  expect(
    await restoreDraft(gate.db, operator, { sessionId: session.id, hold: hold(mine.lock.version) }),
  ).toMatchObject({ reason: 'conflict' });
  const dismissed = await dismissDraft(gate.db, manager, { sessionId: session.id, requestId });
  expect(sessionOf(dismissed).keptDrafts).toEqual({});
});

test('a lock that ran out goes to the next who asks, with what was typed kept; its holder goes on while nobody did', async () => {
  const session = await bench.open();
  sessionOf(await bench.type(session, operator, { notes: 'before the break' }));
  await expire(session.id);
  const same = sessionOf(await bench.type(session, operator, { notes: 'after the break' }));
  expect(same.lock).toMatchObject({ held: true, version: 1 });
  await expire(session.id);
  const next = sessionOf(await bench.type(session, manager, { notes: 'mine now' }));
  expect(next.lock).toMatchObject({ userId: manager.userId, version: 2 });
  expect(next.keptDrafts).toEqual({ [operator.username]: { notes: 'after the break' } });
  expect(await bench.type(session, operator, { notes: 'old' })).toMatchObject({ kind: 'refused' });
});

test('a takeover during a save loses neither: the save is in before it, or it is refused and kept', async () => {
  const orders = new Set<string>();
  for (let round = 0; round < 24; round++) {
    await bench.freshTenant();
    const session = await bench.open();
    const save = () => bench.type(session, operator, { notes: `typed ${round}` });
    const take = () => bench.takeOver(session.id);
    const both = round % 2 === 0 ? [save(), take()] : [take(), save()];
    const answers = await Promise.all(both);
    const [saved, taken] = round % 2 === 0 ? answers : [answers[1], answers[0]];
    if (saved === undefined || taken === undefined) throw new Error('An answer is missing.');
    orders.add(saved.kind);
    expect(sessionOf(taken).lock.userId).toBe(manager.userId);
    const after = sessionOf(
      await bench.edit(session, manager, { draft: { notes: 'the new holder' }, under: 2 }),
    );
    expect(after.draft).toEqual({ notes: 'the new holder' });
    expect(after.keptDrafts[operator.username]).toEqual({ notes: `typed ${round}` });
  }
  expect(orders.size).toBe(2);
}, 20_000);

test('after its end a session admits nothing, and what is typed then is still kept', async () => {
  const session = await bench.open();
  const end = { sessionId: session.id, reason: 'The customer left', requestId };
  expect(await abandonSession(gate.db, manager, end)).toMatchObject({ reason: 'session_locked' });
  const ended = sessionOf(await abandonSession(gate.db, operator, end));
  expect(ended).toMatchObject({ status: 'abandoned', endReason: 'The customer left', lock: { held: false } });
  const closed = { kind: 'refused', reason: 'session_closed' };
  expect(await bench.type(session, operator, { notes: 'too late' })).toMatchObject({ ...closed, kept: true });
  expect(await bench.takeOver(session.id)).toMatchObject(closed);
  expect(await releaseLock(gate.db, operator, { sessionId: session.id, requestId })).toMatchObject(closed);
  expect(await abandonSession(gate.db, operator, end)).toMatchObject(closed);
});
