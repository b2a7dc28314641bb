import { describe, expect, it, test } from 'vitest';
import { keyStatus, keyTooWide } from './api-key.ts';
import type { Principal } from './principal.ts';

const now = new Date('2026-03-14T02:15:00Z');
const at = (ms: number) => new Date(now.getTime() + ms);

test('a key works until the moment it expires or is revoked, and a revoked one is told as revoked', () => {
  expect(keyStatus({ expiresAt: null, revokedAt: null }, now)).toBe('active');
  expect(keyStatus({ expiresAt: at(1), revokedAt: null }, now)).toBe('active');
  expect(keyStatus({ expiresAt: at(0), revokedAt: null }, now)).toBe('expired');
  expect(keyStatus({ expiresAt: at(-1), revokedAt: at(-2) }, now)).toBe('revoked');
});

describe('nobody gives out a key that does what they cannot do', () => {
  const person: Principal = { workspaceId: 'w', userId: 1, username: 'dana', role: 'owner', tenants: 'all' };
  const key = { id: 'k', name: 'ci', capabilities: ['key.manage', 'run.read'] } as const;
  const alone: Principal = { ...person, userId: null, username: 'ci', role: 'viewer', key };

  it('a person gives what their role holds, and makes keys that act for people', () => {
    expect(keyTooWide(person, { capabilities: ['workspace.tier'], mayActFor: true })).toBeNull();
    const viewer: Principal = { ...person, role: 'viewer' };
    expect(keyTooWide(viewer, { capabilities: ['run.read', 'run.cancel'], mayActFor: false })).toEqual({
      lacks: 'capability',
      capability: 'run.cancel',
    });
  });

  it('a key gives what it was given, and never the right to act for people', () => {
    expect(keyTooWide(alone, { capabilities: ['run.read'], mayActFor: false })).toBeNull();
    expect(keyTooWide(alone, { capabilities: ['run.cancel'], mayActFor: false })).toMatchObject({
      capability: 'run.cancel',
    });
    expect(keyTooWide(alone, { capabilities: ['run.read'], mayActFor: true })).toEqual({ lacks: 'person' });
  });

  it('a key that acts for an owner still is a key', () => {
    const acting: Principal = { ...person, key };
    expect(keyTooWide(acting, { capabilities: ['run.read'], mayActFor: true })).toEqual({ lacks: 'person' });
    expect(keyTooWide(acting, { capabilities: ['run.cancel'], mayActFor: false })).toMatchObject({
      capability: 'run.cancel',
    });
  });
});
