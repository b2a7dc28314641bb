import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, identity, instant, reference, workspaceId } from './columns.ts';
import { tenants } from './inventory.ts';

/** A person who can sign in. Global: one person may be a member of several workspaces. */
export const users = pgTable(
  'users',
  {
    id: identity().primaryKey(),
    uid: uuid('uid').notNull(),
    username: text('username').notNull(),
    /** NFKC, lower case: two names that look equal are one. */
    usernameNorm: text('username_norm').notNull(),
    email: text('email').notNull(),
    /** `argon2id$...`; never leaves the sign-in function. */
    passwordHash: text('password_hash').notNull(),
    disabledAt: instant('disabled_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('users_uid').on(t.uid), uniqueIndex('users_username_norm').on(t.usernameNorm)],
);

/** A sign-in that has not ended. Global: reached only through the sign-in functions. */
export const sessions = pgTable(
  'sessions',
  {
    id: identity().primaryKey(),
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    /** The id inside the session's access token. */
    jti: uuid('jti').notNull(),
    /** SHA-256 of the cookie's secret; absent for a session of the REST contract. */
    secretHash: bytea('secret_hash'),
    idleAt: instant('idle_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('sessions_jti').on(t.jti),
    uniqueIndex('sessions_secret_hash').on(t.secretHash),
    index('sessions_live_user').on(t.userId).where(sql`revoked_at is null`),
  ],
);

/** Keys that sign access tokens; the private half is sealed like every other secret. */
export const signingKeys = pgTable('signing_keys', {
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').notNull(),
  sealedPrivateJwk: bytea('sealed_private_jwk').notNull(),
  retiredAt: instant('retired_at'),
  createdAt: createdAt(),
});

/** The customer of Signalbox. Everything but users belongs to exactly one. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    tier: text('tier').notNull().default('free'),
    policy: jsonb('policy').notNull().default({}),
    createdAt: createdAt(),
  },
  () => [check('workspaces_tier', sql`tier in ('free', 'pro')`)],
);

/** Who belongs to a workspace, in which role. */
export const members = pgTable(
  'members',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').notNull(),
    /** True when the member sees every tenant; else `member_tenants` lists them. */
    allTenants: boolean('all_tenants').notNull().default(true),
    removedAt: instant('removed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId] }),
    check('members_role', sql`role in ('viewer', 'operator', 'manager', 'owner')`),
  ],
);

/** Tenants a member without `all_tenants` is entitled to. */
export const memberTenants = pgTable(
  'member_tenants',
  {
    workspaceId: workspaceId(),
    userId: reference('user_id').notNull(),
    tenantId: reference('tenant_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.userId, t.tenantId] }),
    foreignKey({ columns: [t.workspaceId, t.userId], foreignColumns: [members.workspaceId, members.userId] }),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
  ],
);
