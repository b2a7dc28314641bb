import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperationRule } from '../operation/rule.ts';
import { decideStart, type StartDecision } from './decide-start.ts';
import type { GateReason } from './gate-reasons.ts';
import type { ConnectionFacts, StartFacts } from './start-facts.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-01T12:05:00Z');

const rule: OperationRule = {
  name: 'snapshot_capture',
  label: 'Capture policies',
  description: '',
  provider: 'graph',
  capability: 'run.start.snapshot_capture',
  surfaces: ['native'],
  scopes: ['t:{tenant}:c:{connection}'],
  permissions: ['Device.Read.All', 'Group.Read.All'],
  retry: { attempts: 1, baseMs: 1, capMs: 1 },
  needsUsableConnection: true,
  begins: 'queued',
  countsQuota: true,
  target: 'none',
  itemField: null,
};

const healthy: ConnectionFacts = {
  id: 7,
  isDefault: true,
  enabled: true,
  consented: true,
  tenantMismatch: false,
  credential: 'present',
  granted: ['Device.ReadWrite.All', 'Group.Read.All'],
  throttledUntil: null,
  toolMissing: false,
  active: null,
  holders: [],
};

const clear: StartFacts = {
  visible: true,
  mayStart: true,
  earlier: 'none',
  sessionProblem: null,
  requestedConnectionId: null,
  connections: [healthy],
  unconnected: { active: null, holders: [] },
  targetProblem: null,
  quota: { current: 1, limit: 2, period: '2026-03-01' },
  approvalNeeded: false,
};

const holder = {
  scopeKey: 't:1:c:7',
  runId: 40,
  operation: 'restore_execute',
  since: now,
  expectedEnd: later,
};

function each(change: Partial<ConnectionFacts>): (facts: StartFacts) => StartFacts {
  return (facts) => ({ ...facts, connections: facts.connections.map((one) => ({ ...one, ...change })) });
}

function withFacts(change: Partial<StartFacts>): (facts: StartFacts) => StartFacts {
  return (facts) => ({ ...facts, ...change });
}

interface Question {
  readonly name: string;
  readonly fail: (facts: StartFacts) => StartFacts;
  readonly answer: Partial<StartDecision> & { readonly kind: StartDecision['kind'] };
}

const blocked = (reason: GateReason) => ({ kind: 'blocked', reason }) as const;

/** The questions of the gate in the order in which they are asked, each with a way to fail it. */
const questions: readonly Question[] = [
  { name: 'visible', fail: withFacts({ visible: false }), answer: { kind: 'not_found' } },
  {
    name: 'capability',
    fail: withFacts({ mayStart: false }),
    answer: { kind: 'forbidden', capability: rule.capability },
  },
  { name: 'same key and body', fail: withFacts({ earlier: 'same_body' }), answer: { kind: 'replayed' } },
  {
    name: 'same key, other body',
    fail: withFacts({ earlier: 'other_body' }),
    answer: { kind: 'key_reused' },
  },
  {
    name: 'onboarding session',
    fail: withFacts({ sessionProblem: { reason: 'session_locked', lockedBy: 'ada' } }),
    answer: { ...blocked('session_locked'), lockedBy: 'ada' },
  },
  { name: 'connection named', fail: withFacts({ requestedConnectionId: 99 }), answer: { kind: 'not_found' } },
  {
    name: 'connection there',
    fail: withFacts({ connections: [] }),
    answer: blocked('provider_connection_missing'),
  },
  {
    name: 'connection clear',
    fail: (facts) => ({
      ...facts,
      connections: [
        ...facts.connections,
        ...facts.connections.map((one) => ({ ...one, id: one.id + 1 })),
      ].map((one) => ({ ...one, isDefault: false })),
    }),
    answer: blocked('provider_connection_ambiguous'),
  },
  { name: 'target', fail: withFacts({ targetProblem: 'target_missing' }), answer: blocked('target_missing') },
  {
    name: 'same work',
    fail: each({ active: { runId: 41, status: 'running' } }),
    answer: { kind: 'deduped', run: { runId: 41, status: 'running' } },
  },
  { name: 'enabled', fail: each({ enabled: false }), answer: blocked('connection_disabled') },
  { name: 'credential there', fail: each({ credential: 'missing' }), answer: blocked('credential_missing') },
  {
    name: 'credential in time',
    fail: each({ credential: 'expired' }),
    answer: blocked('credential_expired'),
  },
  { name: 'credential right', fail: each({ credential: 'refused' }), answer: blocked('credential_invalid') },
  { name: 'tenant', fail: each({ tenantMismatch: true }), answer: blocked('tenant_mismatch') },
  { name: 'consent', fail: each({ consented: false }), answer: blocked('consent_missing') },
  {
    name: 'permissions',
    fail: each({ granted: ['Device.Read.All'] }),
    answer: { ...blocked('permission_missing'), missingPermissions: ['Group.Read.All'] },
  },
  { name: 'tool', fail: each({ toolMissing: true }), answer: blocked('tool_missing') },
  {
    name: 'throttle',
    fail: each({ throttledUntil: later }),
    answer: { ...blocked('throttled'), retryAt: later },
  },
  { name: 'scope', fail: each({ holders: [holder] }), answer: { kind: 'scope_busy', holder } },
  {
    name: 'quota',
    fail: withFacts({ quota: { current: 2, limit: 2, period: '2026-03-01' } }),
    answer: { ...blocked('quota_exceeded'), quota: { current: 2, limit: 2, period: '2026-03-01' } },
  },
  {
    name: 'approval',
    fail: withFacts({ approvalNeeded: true }),
    answer: { kind: 'accepted', status: 'awaiting_approval' },
  },
];

/** The facts with these questions failing; those asked later are broken first, so that an earlier one has the say. */
function failing(asked: readonly Question[]): StartFacts {
  return asked.toReversed().reduce((facts, question) => question.fail(facts), clear);
}

test('a start against which nothing speaks is accepted and queued on the connection the gate chose', () => {
  expect(decideStart(rule, clear, now)).toEqual({ kind: 'accepted', status: 'queued', connectionId: 7 });
});

test.each(questions)('the question of $name has its own answer', (question) => {
  expect(decideStart(rule, failing([question]), now)).toMatchObject(question.answer);
});

const pairs = questions.flatMap((first, index) =>
  questions
    .slice(index + 1)
    .map((second) => ({ first, second, names: `${first.name} before ${second.name}` })),
);

test.each(pairs)('$names', ({ first, second }) => {
  expect(decideStart(rule, failing([first, second]), now)).toMatchObject(first.answer);
});

test('whatever fails together, the earliest question answers', () => {
  fc.assert(
    fc.property(fc.subarray([...questions], { minLength: 1 }), (asked) => {
      expect(decideStart(rule, failing(asked), now)).toMatchObject(asked[0]?.answer ?? {});
    }),
  );
});

test('a decision changes nothing it was given and is the same however often it is asked', () => {
  fc.assert(
    fc.property(fc.subarray([...questions]), (asked) => {
      const facts = failing(asked);
      const before = JSON.stringify(facts);
      expect(decideStart(rule, facts, now)).toEqual(decideStart(rule, facts, now));
      expect(JSON.stringify(facts)).toBe(before);
    }),
  );
});

test('a named connection is used although another one is the default', () => {
  const other = { ...healthy, id: 8, isDefault: false };
  const facts = { ...clear, connections: [healthy, other] };
  expect(decideStart(rule, facts, now)).toMatchObject({ kind: 'accepted', connectionId: 7 });
  expect(decideStart(rule, { ...facts, requestedConnectionId: 8 }, now)).toMatchObject({ connectionId: 8 });
});

test('the single connection is used although it is not the default', () => {
  const facts = { ...clear, connections: [{ ...healthy, isDefault: false }] };
  expect(decideStart(rule, facts, now)).toMatchObject({ kind: 'accepted', connectionId: 7 });
});

test('what stands at another connection than the chosen one does not matter', () => {
  const broken = {
    ...healthy,
    id: 8,
    isDefault: false,
    enabled: false,
    holders: [holder],
    active: { runId: 1, status: 'queued' },
  } as const;
  const facts = { ...clear, connections: [broken, healthy] };
  expect(decideStart(rule, facts, now)).toMatchObject({ kind: 'accepted', connectionId: 7 });
});

test('an operation that repairs a connection passes consent, permissions and a refused credential, nothing more', () => {
  const check = { ...rule, needsUsableConnection: false };
  const passes = new Set(['credential in time', 'credential right', 'tenant', 'consent', 'permissions']);
  for (const question of questions) {
    const decision = decideStart(check, failing([question]), now);
    if (passes.has(question.name)) expect(decision, question.name).toMatchObject({ kind: 'accepted' });
    else expect(decision, question.name).toMatchObject(question.answer);
  }
});

test('a throttle that ends now is over', () => {
  expect(decideStart(rule, each({ throttledUntil: now })(clear), now)).toMatchObject({ kind: 'accepted' });
});

test('a connection that was never checked has no permission yet', () => {
  expect(decideStart(rule, each({ granted: null })(clear), now)).toMatchObject({
    reason: 'permission_missing',
    missingPermissions: rule.permissions,
  });
});

test('the last unit of a quota may be used, and an operation that does not count is never held up by it', () => {
  const used = { current: 2, limit: 2, period: '2026-03-01' };
  expect(decideStart(rule, { ...clear, quota: { ...used, current: 1 } }, now)).toMatchObject({
    kind: 'accepted',
  });
  expect(decideStart(rule, { ...clear, quota: { ...used, current: 9 } }, now)).toMatchObject({
    kind: 'blocked',
  });
  expect(decideStart(rule, { ...clear, quota: null }, now)).toMatchObject({ kind: 'accepted' });
});
