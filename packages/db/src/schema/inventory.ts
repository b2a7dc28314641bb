import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, identity, instant, reference, workspaceId } from './columns.ts';

/** A managed environment inside a workspace. */
export const tenants = pgTable(
  'tenants',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    /** The name other systems know it by; unique in its workspace. */
    externalId: text('external_id').notNull(),
    name: text('name').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('tenants_external_id').on(t.workspaceId, t.externalId),
    unique('tenants_ws_id').on(t.workspaceId, t.id),
  ],
);

/** How Signalbox reaches a tenant's provider: credential (sealed), consent, health. */
export const connections = pgTable(
  'connections',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id'),
    provider: text('provider').notNull(),
    label: text('label').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    enabled: boolean('enabled').notNull().default(true),
    /** What the last check found: has an administrator of the tenant consented? */
    consent: text('consent').notNull().default('unknown'),
    /** What the last check found: does the connection work? */
    health: text('health').notNull().default('unknown'),
    /** A code of the reason catalogue when health is not ok. */
    healthReason: text('health_reason'),
    credential: text('credential').notNull().default('missing'),
    credentialExpiresAt: instant('credential_expires_at'),
    /** Permissions the provider reported as granted; null until the first check. */
    granted: text('granted').array(),
    /** The provider asked us to wait until then. */
    throttledUntil: instant('throttled_until'),
    checkedAt: instant('checked_at'),
    /** Settings that are no secret: client id, base addresses. */
    settings: jsonb('settings').$type<Record<string, string>>().notNull().default({}),
    /** AES-256-GCM under an envelope key; see `secrets/envelope.ts`. */
    sealedSecret: bytea('sealed_secret'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('connections_ws_id').on(t.workspaceId, t.id),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
    uniqueIndex('connections_one_default')
      .on(t.workspaceId, sql`coalesce(tenant_id, 0)`, t.provider)
      .where(sql`is_default`),
    index('connections_tenant').on(t.workspaceId, t.tenantId, t.provider),
    check('connections_consent', sql`consent in ('unknown', 'granted', 'missing')`),
    check('connections_health', sql`health in ('unknown', 'ok', 'warning', 'failing')`),
    check('connections_credential', sql`credential in ('present', 'missing', 'refused')`),
  ],
);

/** A policy seen at a tenant's provider. */
export const policies = pgTable(
  'policies',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id').notNull(),
    externalId: text('external_id').notNull(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('policies_ws_id').on(t.workspaceId, t.id),
    unique('policies_external_id').on(t.workspaceId, t.tenantId, t.externalId),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
  ],
);

/** One immutable capture of a policy with its assignments and scope tags. */
export const policyVersions = pgTable(
  'policy_versions',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    policyId: reference('policy_id').notNull(),
    version: integer('version').notNull(),
    payload: jsonb('payload').notNull(),
    assignments: jsonb('assignments').notNull(),
    scopeTags: jsonb('scope_tags').notNull(),
    /** SHA-256 of payload, assignments and scope tags in canonical form, hex. */
    hash: text('hash').notNull(),
    /** The run that captured it. */
    runId: reference('run_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('policy_versions_ws_id').on(t.workspaceId, t.id),
    unique('policy_versions_version').on(t.workspaceId, t.policyId, t.version),
    foreignKey({ columns: [t.workspaceId, t.policyId], foreignColumns: [policies.workspaceId, policies.id] }),
  ],
);
