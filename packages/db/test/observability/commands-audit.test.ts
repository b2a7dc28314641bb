import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isKnownAction } from '@signalbox/domain/observability/audit-actions';
import { expect, test } from 'vitest';

const home = fileURLToPath(new URL('../../src/commands', import.meta.url));
const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Commands that write without an entry of their own, with why nobody would ask who did it. */
const unaudited: Readonly<Record<string, string>> = {
  'access/create-user.ts': 'makes a person who belongs to no workspace; joining one is audited',
  'access/setup-link.ts': 'makes the link that is printed at start; its use is audited',
  'backup/add-backup-items.ts': 'work of a run; the run is audited',
  'backup/capture-policies.ts': 'work of a run; the run is audited',
  'backup/save-preview.ts': 'work of a run; the run is audited',
  'connection/lock-defaults.ts':
    'a part of a change of the default, which is audited with what took its place',
  'connection/record-check.ts': 'work of a run; the run is audited',
  'connection/set-throttled.ts': 'what the provider told a worker',
  'gate/count-usage.ts': 'counts a run that is audited in the same transaction',
  'onboarding/editor.ts': 'what each change of a session begins with; the change audits',
  'onboarding/free-locks.ts': 'locks of a member who may not edit any more; the change of the member audits',
  'onboarding/record-evidence.ts': 'what a run observed; append-only itself, and the run is audited',
  'gate/keep-once.ts': 'keeps the answer to a deed that is audited in the same transaction',
  'notification/mark-read.ts': 'what somebody has looked at is their own matter',
  'inventory/close-look.ts': 'work of a run; the run is audited',
  'inventory/keep-compliance-snapshot.ts': 'work of a run; the run is audited',
  'inventory/keep-groups.ts': 'work of a run; the run is audited',
  'inventory/keep-policy-names.ts': 'work of a run; the run is audited',
  'inventory/keep-role-definitions.ts': 'work of a run; the run is audited',
  'inventory/sync-state.ts': 'work of a run; the run is audited',
  'onboarding/renew-locks.ts': 'an editor who goes on; taking the lock over is audited',
  'observability/seal-audit.ts': 'seals the log; a seal on each seal would never end',
  'observability/worker-registry.ts': 'heartbeats of worker processes',
  'access/ws-ticket.ts': 'a ticket stands for somebody who signed in, for half a minute',
  'plan/advance-batch.ts': 'goes on with a plan that is audited; what it starts is audited',
  'plan/advance-bulk.ts': 'goes on with a plan that is audited; what it starts is audited',
  'plan/advance-sequence.ts': 'goes on with a plan that is audited; what it starts is audited',
  'plan/append-plan-events.ts': 'the events of a plan; its beginning and end are audited',
  'plan/batch.ts': 'keeps how far the items of a plan are that is audited',
  'plan/end-items.ts': 'what became of a run, whose end is audited',
  'plan/sequence.ts': 'goes on with a plan that is audited; its end is audited by whoever ends it',
  'plan/settle-items.ts': 'keeps what the gate answered; the gate audits it',
  'plan/sweep-plans.ts': 'wakes workers that were missed',
  'plan/undo-batch.ts': 'ties a plan to the run that undoes it; that run is audited',
  'provisioning/change-log.ts': 'what a run changed; append-only itself, and the run is audited',
  'provisioning/change-resource.ts': 'what a run changed; append-only itself, and the run is audited',
  'provisioning/undo-change.ts': 'what a run took back; the run is audited',
  'run/append-events.ts': 'the events of a run; its beginning and end are audited',
  'run/append-log.ts': 'the log of a run',
  'run/claim-runs.ts': 'leases; who worked on a run is in its events',
  'run/fenced-write.ts': 'the fence before what a worker writes',
  'run/hand-back.ts': 'leases; in the events of the run',
  'run/heartbeat.ts': 'leases',
  'run/record-items.ts': 'the items of a run',
  'run/record-steps.ts': 'the steps of a run',
  'run/close-runs.ts': 'frees what a run held and tells who started it, with its end, which is audited',
};

/** Functions of the database that write, and whether they write an entry themselves. The last definition counts. */
function functions(): Map<string, { writes: boolean; audits: boolean }> {
  const found = new Map<string, { writes: boolean; audits: boolean }>();
  for (const file of readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const text = readFileSync(`${migrations}/${file}`, 'utf8');
    for (const [, name = '', body = ''] of text.matchAll(
      /create (?:or replace )?function (\w+)\([\s\S]*?as \$\$([\s\S]*?)\$\$/g,
    )) {
      found.set(name, {
        writes: /\b(insert into|update|delete from)\s+\w/i.test(body),
        audits: /auth_audit\(|insert into audit_entries/.test(body),
      });
    }
  }
  return found;
}

const known = functions();
const calls = (text: string) => [
  ...text.matchAll(/\b((?:auth|system|queue|key|member|invitation)_\w+)\s*\(/g),
];

const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const commands = files
  .map((name) => ({ name, text: readFileSync(`${home}/${name}`, 'utf8') }))
  .filter(({ name }) => name !== 'observability/write-audit.ts')
  .map(({ name, text }) => {
    const called = calls(text).map(([, each = '']) => known.get(each));
    return {
      name,
      writes:
        /\b(insert into|delete from)\s+\w|\bupdate \w+(?: \w+)?\s+set\b|\.(insert|update|delete)\(\w+\)/i.test(
          text,
        ) || called.some((each) => each?.writes === true),
      audits:
        /\bwriteAudit\(|auth_audit\(|insert into audit_entries/.test(text) ||
        called.some((each) => each?.audits === true),
      actions: [...text.matchAll(/\baction: '(\w+\.\w+)'/g)].map(([, action = '']) => action),
    };
  });

test.each(commands.filter(({ writes }) => writes))('$name audits what it writes', ({ name, audits }) => {
  expect(
    audits || unaudited[name] !== undefined,
    `packages/db/src/commands/${name} writes and no audit entry is written with it. Call writeAudit in the same transaction (auth_audit for deeds on an account); where nobody would ask who did it, add the file to unaudited in this test with the reason.`,
  ).toBe(true);
});

test('no exception is left over from a command that audits, does not write or is gone', () => {
  const excepted = commands.filter(({ name, audits }) => unaudited[name] !== undefined && audits);
  expect(excepted.map(({ name }) => name)).toEqual([]);
  const names = new Set(commands.filter(({ writes }) => writes).map(({ name }) => name));
  expect(Object.keys(unaudited).filter((name) => !names.has(name))).toEqual([]);
});

test('the files of commands are really looked at', () => {
  expect(commands.filter(({ writes }) => writes).length).toBeGreaterThan(40);
  expect(known.get('auth_audit')).toEqual({ writes: true, audits: true });
  expect(known.get('system_unsealed_workspaces')).toEqual({ writes: false, audits: false });
});

test.each(commands.flatMap(({ name, actions }) => actions.map((action) => ({ name, action }))))(
  'the action $action of $name has words in the catalogue',
  ({ action }) => {
    expect(isKnownAction(action), `Add ${action} to audit-actions.ts in packages/domain.`).toBe(true);
  },
);
