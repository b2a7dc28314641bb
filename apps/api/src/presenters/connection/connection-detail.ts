import type { Connection, ConnectionDetail } from '@signalbox/contracts/connection/connection';
import type { ConnectionRecord, ConnectionUse } from '@signalbox/db/queries/connection/connections';
import { rolesHolding } from '@signalbox/db/queries/connection/menders';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import {
  type ConnectionCare,
  connectionFaults,
  connectionProblem,
  missingPermissions,
} from '@signalbox/domain/connection/connection-problem';
import { isServerProvider, providerTraits } from '@signalbox/domain/connection/providers';
import { nextSteps } from '@signalbox/domain/gate/next-steps';
import { type ReasonCode, stepsFor } from '@signalbox/domain/gate/reasons';
import { permissionGranted, permissionsNeeded } from '@signalbox/domain/operation/permissions';
import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import { presentSteps } from '../gate/next-steps.ts';
import { knownReason, presentReason } from '../gate/reason.ts';
import { presentRunSummary } from '../run/run-summary.ts';
import { optionalMoment } from '../time.ts';
import { presentUsedConnection } from './connection.ts';

/** What the page of a connection is made of. */
export interface ConnectionFacts {
  readonly connection: ConnectionRecord & ConnectionUse;
  /** The newest runs through it. */
  readonly runs: readonly RunRecord[];
  /** Some who may change it. */
  readonly menders: readonly string[];
  /** No worker that lives has the program that reaching the provider takes. */
  readonly toolMissing: boolean;
}

/** What changing a connection takes. */
export const mendingCapability = 'connection.manage';

/** A connection with what works through it, what is wrong, and what this caller can do about it. */
export function presentConnectionDetail(
  { connection, runs, menders, toolMissing }: ConnectionFacts,
  principal: Principal,
  now: Date,
): ConnectionDetail {
  const told = presentUsedConnection(connection, now);
  const care = { ...careOf(connection, told), toolMissing };
  const { clientId, account, region } = connection.settings;
  return {
    ...told,
    ...(clientId !== undefined && { clientId }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(connection.providerTenantId !== null && { providerTenantId: connection.providerTenantId }),
    operations: operationsOver(care, now),
    permissions: permissionsNeeded(told.provider).map((name) => ({
      name,
      granted: permissionGranted(name, connection.granted ?? []),
      neededBy: operationNames.filter((each) => operationRule(each).permissions.includes(name)),
    })),
    faults: connectionFaults(care, now).map((code) => presentFault(code, { connection, principal })),
    runs: runs.map((run) => presentRunSummary(run, now)),
    mendedBy: {
      capability: mendingCapability,
      allowed: holds(principal, mendingCapability),
      roles: rolesHolding(mendingCapability),
      members: [...menders],
    },
  };
}

/** The connection as the rules of the domain ask about it. */
function careOf(row: ConnectionRecord, told: Connection): Omit<ConnectionCare, 'toolMissing'> {
  const { provider, enabled, credential, consent } = told;
  const since = row.credentialSetAt;
  return {
    provider,
    enabled,
    credential: credential === 'not_needed' ? 'present' : credential,
    consented: consent === 'granted' || !providerTraits[provider].consent,
    consentKnown: consent !== 'unknown' || !providerTraits[provider].consent,
    tenantMismatch: row.tenantMismatch,
    granted: row.granted,
    throttledUntil: row.throttledUntil,
    checked: row.checkedAt !== null && (since === null || row.checkedAt >= since),
    healthReason: row.health === 'ok' ? null : knownReason(row.healthReason),
  };
}

function operationsOver(care: ConnectionCare, now: Date): ConnectionDetail['operations'] {
  const ofServers = isServerProvider(care.provider);
  const rules = operationNames
    .map(operationRule)
    .filter(({ provider }) => (ofServers ? provider === 'of_infra' : provider === care.provider));
  return rules.map((rule) => {
    const problem = connectionProblem(rule, care, now);
    return {
      name: rule.name,
      label: rule.label,
      works: problem === null,
      ...(problem !== null && { reason: presentReason(problem.reason) }),
      permissions: [...rule.permissions],
      missingPermissions: [...missingPermissions(rule.permissions, care.granted)],
    };
  });
}

/** Steps that are about a run have nothing to lead to here. */
const ofRuns: readonly string[] = ['run', 'holder', 'replay'];

function presentFault(
  code: ReasonCode,
  { connection, principal }: { readonly connection: ConnectionRecord; readonly principal: Principal },
): ConnectionDetail['faults'][number] {
  const objects = { connectionId: connection.id, tenantId: connection.tenant?.id ?? null };
  const steps = stepsFor(code, (capability) => holds(principal, capability)).filter(
    (step) => !ofRuns.includes(nextSteps[step].target) && step !== 'open_connection',
  );
  return {
    reason: presentReason(code),
    nextSteps: presentSteps(steps, principal, objects),
    ...(code === 'throttled' && optionalMoment('until', connection.throttledUntil)),
  };
}
