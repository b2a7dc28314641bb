import type { ConsentOutcome } from '@signalbox/domain/connection/consent';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
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
    /** The tenant a check really reached, by the provider's own id; the first one stays. */
    providerTenantId: text('provider_tenant_id'),
    /** The tenant in which an administrator consented, by what the way back from the provider said. */
    consentedTenantId: text('consented_tenant_id'),
    /** The last check reached another tenant than the one that is meant. */
    tenantMismatch: boolean('tenant_mismatch').notNull().default(false),
    disabledAt: instant('disabled_at'),
    disabledBy: text('disabled_by'),
    disabledReason: text('disabled_reason'),
    /** When the credential was last given. */
    credentialSetAt: instant('credential_set_at'),
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
    /** When a complete look did not find it any more; null while it is there. */
    removedAt: instant('removed_at'),
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

/** A group seen at a tenant's provider: what it is called and of which kind, never who belongs to it. */
export const groups = pgTable(
  'groups',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id').notNull(),
    externalId: text('external_id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    /** Facts without a column of their own: mail, security, dynamic rule. */
    details: jsonb('details').$type<JsonObject>().notNull().default({}),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** When the provider said that it is gone, or a complete look did not find it; null while it is there. */
    removedAt: instant('removed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('groups_external_id').on(t.workspaceId, t.tenantId, t.externalId),
    // The list of a tenant, and what is to be purged.
    index('groups_name').on(t.workspaceId, t.tenantId, t.name, t.id),
    index('groups_seen').on(t.workspaceId, t.tenantId, t.lastSeenAt),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
  ],
);

/** A role definition of Entra or of Intune seen at a tenant's provider. */
export const roleDefinitions = pgTable(
  'role_definitions',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id').notNull(),
    source: text('source').$type<'entra' | 'intune'>().notNull(),
    externalId: text('external_id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    builtIn: boolean('built_in').notNull(),
    /** What the role allows, as the provider lists it. */
    permissions: jsonb('permissions').$type<readonly string[]>().notNull().default([]),
    lastSeenAt: instant('last_seen_at').notNull(),
    removedAt: instant('removed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('role_definitions_external_id').on(t.workspaceId, t.tenantId, t.source, t.externalId),
    index('role_definitions_name').on(t.workspaceId, t.tenantId, t.name, t.id),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
  ],
);

/** How a listing at the provider goes on from where it stood: the link of the last complete walk. */
export const syncStates = pgTable(
  'sync_states',
  {
    workspaceId: workspaceId(),
    tenantId: reference('tenant_id').notNull(),
    connectionId: reference('connection_id').notNull(),
    /** What is listed, for example a selection of groups. */
    subject: text('subject').notNull(),
    /** Given by the provider, and followed as it is. */
    deltaLink: text('delta_link'),
    /** When all of it was last read, not only what has changed. */
    fullAt: instant('full_at'),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.connectionId, t.subject] }),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
    foreignKey({
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
  ],
);

/** How many managed devices of a tenant were in which state of compliance at one moment; one row for each run. */
export const complianceSnapshots = pgTable(
  'compliance_snapshots',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id').notNull(),
    /** The run that took it. */
    runId: reference('run_id').notNull(),
    devices: integer('devices').notNull(),
    /** Devices by the provider's word for their state. */
    states: jsonb('states').$type<Readonly<Record<string, number>>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('compliance_snapshots_run').on(t.workspaceId, t.runId),
    index('compliance_snapshots_list').on(t.workspaceId, t.tenantId, t.id),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
  ],
);

/** A member who was sent to the provider's page of consent. The state they come back with is good once. */
export const consentRequests = pgTable(
  'consent_requests',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    connectionId: reference('connection_id').notNull(),
    /** SHA-256 of the state, hex; the state itself is only in the member's browser. */
    stateHash: text('state_hash').notNull(),
    requestedByUserId: reference('requested_by_user_id'),
    requestedBy: text('requested_by').notNull(),
    /** The API key it was asked for with. */
    requestedByKeyId: text('requested_by_key_id'),
    requestId: text('request_id'),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    /** What they came back with. */
    outcome: text('outcome').$type<ConsentOutcome>(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('consent_requests_state').on(t.stateHash),
    index('consent_requests_connection').on(t.workspaceId, t.connectionId, t.id),
    check('consent_requests_outcome', sql`(outcome is null) = (used_at is null)`),
    foreignKey({
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
  ],
);
