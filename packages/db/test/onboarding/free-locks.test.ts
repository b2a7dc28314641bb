import { changeMember } from '@signalbox/db/commands/access/change-member';
import { removeMember } from '@signalbox/db/commands/access/remove-member';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSessionBench, requestId, type SessionBench, sessionOf } from './session-bench.ts';

let bench: SessionBench;

beforeAll(async () => {
  bench = await openSessionBench();
});
beforeEach(() => bench.freshTenant());
afterAll(() => bench.gate.close());

test('whoever may no longer edit an onboarding, or no longer sees its tenant, holds no lock on it', async () => {
  const { gate, workspace, operator, manager } = bench;
  const member = { userId: operator.userId, username: operator.username, requestId };
  const change = (to: Parameters<typeof changeMember>[2]['change']) =>
    changeMember(gate.db, workspace.members.owner, { ...member, change: to });
  const taken = async () => {
    const session = await bench.open();
    expect(session.lock).toMatchObject({ userId: operator.userId, held: true });
    sessionOf(await bench.type(session, operator, { notes: 'typed' }));
    return session;
  };
  const goesOn = async (session: Awaited<ReturnType<typeof taken>>) => {
    const next = sessionOf(await bench.edit(session, manager, { draft: { notes: 'mine' }, under: 2 }));
    expect(next.lock).toMatchObject({ userId: manager.userId, held: true });
  };

  const kept = await taken();
  expect(await change({ role: 'manager' })).toBe('done');
  expect(await change({ tenants: [bench.tenant().tenantId] })).toBe('done');
  const still = sessionOf(await bench.type(kept, operator, { notes: 'still mine' }));
  expect(still.lock).toMatchObject({ userId: operator.userId, version: 1 });

  const { tenantId } = bench.tenant();
  await bench.freshTenant();
  expect(await change({ tenants: 'all' })).toBe('done');
  const lost = await taken();
  expect(await change({ tenants: [tenantId] })).toBe('done');
  await goesOn(lost);

  await bench.freshTenant();
  expect(await change({ role: 'operator', tenants: 'all' })).toBe('done');
  const lowered = await taken();
  expect(await change({ role: 'viewer' })).toBe('done');
  await goesOn(lowered);

  await bench.freshTenant();
  expect(await change({ role: 'operator' })).toBe('done');
  const left = await taken();
  expect(await removeMember(gate.db, workspace.members.owner, member)).toBe('done');
  await goesOn(left);
});
