import { expect, test } from 'vitest';
import { roles } from './capabilities.ts';
import { decideMemberChange, decideRemoval, mayGive } from './member-change.ts';
import type { Principal } from './principal.ts';

const owner: Principal = { workspaceId: 'w', userId: 1, username: 'ada', role: 'owner', tenants: 'all' };
const operator = { role: 'operator', tenants: 'all', otherOwners: 1 } as const;
const lastOwner = { role: 'owner', tenants: 'all', otherOwners: 0 } as const;

test('the last owner is neither lowered nor removed, by themselves or by anybody', () => {
  for (const role of roles.filter((each) => each !== 'owner')) {
    expect(decideMemberChange(owner, lastOwner, { role })).toEqual({ ok: false, refusal: 'last_owner' });
  }
  expect(decideRemoval(owner, lastOwner)).toBe('last_owner');
});

test('an owner is lowered and removed while another owner is left', () => {
  const oneOfTwo = { ...lastOwner, otherOwners: 1 };
  expect(decideMemberChange(owner, oneOfTwo, { role: 'viewer' })).toMatchObject({ ok: true, role: 'viewer' });
  expect(decideRemoval(owner, oneOfTwo)).toBeNull();
});

test('nobody gives out a role above their own, nor changes or removes who has one', () => {
  for (const [index, role] of roles.entries()) {
    const caller: Principal = { ...owner, role };
    for (const [other, given] of roles.entries()) {
      const allowed = other <= index;
      expect(mayGive(caller, { role: given, tenants: 'all' })).toBe(allowed);
      expect(decideRemoval(caller, { role: given, tenants: 'all', otherOwners: 1 })).toBe(
        allowed ? null : 'above_caller',
      );
    }
  }
});

test('an API key gives out no more than the capabilities it was given', () => {
  const key = { id: 'k', name: 'ci', capabilities: ['member.manage', 'member.read'] } as const;
  const caller: Principal = { ...owner, userId: null, key };
  expect(decideMemberChange(caller, operator, { role: 'owner' })).toEqual({
    ok: false,
    refusal: 'above_caller',
  });
  expect(decideRemoval(caller, { role: 'viewer', tenants: 'all', otherOwners: 1 })).toBe('above_caller');
});

test('nobody entitles somebody to a tenant they do not see', () => {
  const narrow: Principal = { ...owner, tenants: [3] };
  expect(mayGive(narrow, { role: 'viewer', tenants: [3] })).toBe(true);
  expect(mayGive(narrow, { role: 'viewer', tenants: [3, 4] })).toBe(false);
  expect(mayGive(narrow, { role: 'viewer', tenants: 'all' })).toBe(false);
});

test('an owner sees all tenants: a list is refused, and becoming one brings all along', () => {
  expect(decideMemberChange(owner, operator, { role: 'owner', tenants: [3] })).toEqual({
    ok: false,
    refusal: 'owner_sees_all',
  });
  const narrow = { ...operator, tenants: [3] };
  expect(decideMemberChange(owner, narrow, { role: 'owner' })).toMatchObject({ ok: true, tenants: 'all' });
  expect(decideMemberChange(owner, narrow, { role: 'manager' })).toMatchObject({ ok: true, tenants: [3] });
});

test('a change to what is already so is no change', () => {
  const member = { ...operator, tenants: [3, 4] };
  expect(decideMemberChange(owner, member, { role: 'operator' })).toMatchObject({ changed: false });
  expect(decideMemberChange(owner, member, { tenants: [4, 3] })).toMatchObject({ changed: false });
  expect(decideMemberChange(owner, member, { tenants: [4] })).toMatchObject({ changed: true });
});
