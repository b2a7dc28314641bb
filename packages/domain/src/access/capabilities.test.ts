import { expect, test } from 'vitest';
import { capabilities, capabilitiesOf, roleHolds, roles } from './capabilities.ts';
import { entitled, holds, type Principal } from './principal.ts';

test('each role has everything the one before it has, and more', () => {
  for (const [index, role] of roles.entries()) {
    const before = roles[index - 1];
    if (before === undefined) continue;
    expect(capabilitiesOf(role)).toEqual(expect.arrayContaining(capabilitiesOf(before)));
    expect(capabilitiesOf(role).length).toBeGreaterThan(capabilitiesOf(before).length);
  }
});

test('a viewer only reads, and an owner may do everything', () => {
  expect(capabilitiesOf('viewer').every((capability) => capability.endsWith('.read'))).toBe(true);
  expect(capabilitiesOf('viewer')).not.toContain('audit.read');
  expect(capabilitiesOf('owner')).toEqual(capabilities);
});

test('what an operator may not do stays with the manager and the owner', () => {
  for (const capability of ['run.approve', 'run.force_cancel', 'connection.manage', 'audit.read'] as const) {
    expect(roleHolds('operator', capability)).toBe(false);
    expect(roleHolds('manager', capability)).toBe(true);
  }
  for (const capability of ['member.manage', 'workspace.tier'] as const) {
    expect(roleHolds('manager', capability)).toBe(false);
  }
});

const principal: Principal = { workspaceId: 'w', userId: 1, username: 'u', role: 'operator', tenants: [3] };

test('a member sees the chosen tenants, or all of them, and what belongs to no tenant', () => {
  expect([3, 4, null].map((tenant) => entitled(principal, tenant))).toEqual([true, false, true]);
  expect([3, 4, null].map((tenant) => entitled({ ...principal, tenants: 'all' }, tenant))).toEqual([
    true,
    true,
    true,
  ]);
  expect(entitled({ ...principal, tenants: [] }, 3)).toBe(false);
  expect(holds(principal, 'run.cancel')).toBe(true);
  expect(holds({ ...principal, role: 'viewer' }, 'run.cancel')).toBe(false);
});
