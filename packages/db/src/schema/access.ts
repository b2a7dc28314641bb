import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
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
    passwordChangedAt: instant('password_changed_at').notNull().default(sql`now()`),
    /** The sealed TOTP secret, once it was proven with a code; null without a second factor. */
    mfaSecret: bytea('mfa_secret'),
    /** A sealed TOTP secret that has not been proven yet. */
    mfaPending: bytea('mfa_pending'),
    mfaEnabledAt: instant('mfa_enabled_at'),
    /** The newest time step a code was taken for: each code works once. */
    mfaLastStep: bigint('mfa_last_step', { mode: 'number' }),
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
    /** The id inside the session's access token; replaced at each refresh. */
    jti: uuid('jti').notNull(),
    /** The id before the last refresh: it may be shown again for some seconds, later it is a sign of theft. */
    prevJti: uuid('prev_jti'),
    rotatedAt: instant('rotated_at'),
    /** SHA-256 of the cookie's secret; absent for a session of the REST contract. */
    secretHash: bytea('secret_hash'),
    /** When a fresh code was last given in this session; dangerous verbs ask for one of the last five minutes. */
    mfaAt: instant('mfa_at'),
    /** What its person recognises it by: the browser or program, and the address it was opened from. */
    userAgent: text('user_agent'),
    address: text('address'),
    lastSeenAt: instant('last_seen_at').notNull().default(sql`now()`),
    idleAt: instant('idle_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('sessions_jti').on(t.jti),
    uniqueIndex('sessions_prev_jti').on(t.prevJti),
    uniqueIndex('sessions_secret_hash').on(t.secretHash),
    index('sessions_live_user').on(t.userId).where(sql`revoked_at is null`),
    index('sessions_user_seen').on(t.userId, t.lastSeenAt.desc()),
  ],
);

/** Codes for the day the second factor is lost; each works once. Global. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: identity().primaryKey(),
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    /** SHA-256 of the code. */
    codeHash: bytea('code_hash').notNull(),
    usedAt: instant('used_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('recovery_codes_code').on(t.userId, t.codeHash)],
);

/** Links that let somebody in once. Global: the first owner has no workspace yet. */
export const setupLinks = pgTable(
  'setup_links',
  {
    id: identity().primaryKey(),
    /** SHA-256 of the secret in the link. */
    secretHash: bytea('secret_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('setup_links_secret').on(t.secretHash)],
);

/** Counters of attempts that are limited. Global; the limiter's own shape. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text('key').primaryKey(),
    points: integer('points').notNull().default(0),
    /** Milliseconds since the epoch. */
    expire: bigint('expire', { mode: 'number' }),
  },
  (t) => [index('rate_limits_expire').on(t.expire)],
);

/** Keys that sign access tokens; the private half is sealed like every other secret. */
export const signingKeys = pgTable('signing_keys', {
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').notNull(),
  /** Null once nothing is signed with it any more. */
  sealedPrivateJwk: bytea('sealed_private_jwk'),
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

/** A credential of a workspace for programs: `sbx_<id>_<secret>`, of which the secret is only kept as a hash. */
export const apiKeys = pgTable(
  'api_keys',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    /** The public part of the key. */
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** SHA-256 of the secret. */
    secretHash: bytea('secret_hash').notNull(),
    /** The secret before the last rotation, which works beside the new one until `previous_until`. */
    previousHash: bytea('previous_hash'),
    previousUntil: instant('previous_until'),
    /** The last four characters of the secret, by which its owner tells it from others. */
    hint: text('hint').notNull(),
    capabilities: text('capabilities').array().notNull(),
    /** True when `X-User-Id` may name a member for whom it acts. */
    mayActFor: boolean('may_act_for').notNull().default(false),
    createdBy: text('created_by').notNull(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    lastUsedFrom: text('last_used_from'),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
    createdAt: createdAt(),
  },
  (t) => [
    index('api_keys_list').on(t.workspaceId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    // A name is free again once its key is revoked.
    uniqueIndex('api_keys_name').on(t.workspaceId, t.name).where(sql`revoked_at is null`),
  ],
);

/** Tickets that open one event stream each, shortly after they were made. */
export const wsTickets = pgTable(
  'ws_tickets',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    /** SHA-256 of the ticket. */
    secretHash: bytea('secret_hash').primaryKey(),
    /** The session it was made in; null when it was made with an API key. */
    sessionId: reference('session_id').references(() => sessions.id),
    /** The key it was made with. */
    keyId: text('key_id').references(() => apiKeys.id),
    /** The person who listens; null for a key that speaks for itself. */
    userId: reference('user_id').references(() => users.id),
    username: text('username').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [
    index('ws_tickets_expiry').on(t.workspaceId, t.expiresAt),
    check('ws_tickets_credential', sql`(session_id is null) <> (key_id is null)`),
  ],
);

/** An open place in a workspace, taken with a link that works once. */
export const invitations = pgTable(
  'invitations',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    id: identity().primaryKey(),
    /** SHA-256 of the secret in the link. */
    secretHash: bytea('secret_hash').notNull(),
    /** Whom it is meant for, in the words of who invited; nothing is sent there. */
    email: text('email').notNull(),
    role: text('role').notNull(),
    allTenants: boolean('all_tenants').notNull().default(true),
    tenantIds: bigint('tenant_ids', { mode: 'number' }).array().notNull().default(sql`'{}'`),
    invitedBy: text('invited_by').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: reference('accepted_by').references(() => users.id),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('invitations_secret').on(t.secretHash),
    index('invitations_list').on(t.workspaceId, t.id.desc().nullsFirst()),
    check('invitations_role', sql`role in ('viewer', 'operator', 'manager', 'owner')`),
  ],
);

/** Runs that count against the quota of a workspace, by calendar month in UTC. */
export const usagePeriods = pgTable(
  'usage_periods',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    /** The first day of the month. */
    period: date('period').notNull(),
    runs: integer('runs').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.period] }), check('usage_periods_runs', sql`runs >= 0`)],
);
