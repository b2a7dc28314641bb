import type { GateReason } from '../gate/gate-reasons.ts';
import type { ReasonCode } from '../gate/reasons.ts';
import { permissionGranted, permissionsNeeded } from '../operation/permissions.ts';
import type { OperationRule } from '../operation/rule.ts';
import type { Provider } from './providers.ts';

/** A provider connection as far as it decides whether anything can be started through it. */
export interface ConnectionState {
  readonly enabled: boolean;
  readonly credential: 'present' | 'missing' | 'expired' | 'refused';
  readonly consented: boolean;
  /** The last check reached another tenant than the one that is meant. */
  readonly tenantMismatch: boolean;
  /** Permissions the provider reported as granted; null until the first check. */
  readonly granted: readonly string[] | null;
  readonly throttledUntil: Date | null;
  /** No worker that lives has the program that reaching the provider takes. */
  readonly toolMissing: boolean;
}

/** Why an operation cannot go through a connection. */
export interface ConnectionProblem {
  readonly reason: GateReason;
  readonly missingPermissions?: readonly string[];
  /** When trying again makes sense, where that is known. */
  readonly retryAt?: Date;
}

/** Why the connection cannot be used now, the lasting causes before the passing ones; null when it can. */
export function connectionProblem(
  rule: Pick<OperationRule, 'needsUsableConnection' | 'permissions'>,
  connection: ConnectionState,
  now: Date,
): ConnectionProblem | null {
  const { enabled, credential, consented, tenantMismatch, throttledUntil } = connection;
  if (!enabled) return { reason: 'connection_disabled' };
  if (credential === 'missing') return { reason: 'credential_missing' };
  if (rule.needsUsableConnection) {
    if (credential === 'expired') return { reason: 'credential_expired' };
    if (credential === 'refused') return { reason: 'credential_invalid' };
    if (tenantMismatch) return { reason: 'tenant_mismatch' };
    if (!consented) return { reason: 'consent_missing' };
    const missing = missingPermissions(rule.permissions, connection.granted);
    if (missing.length > 0) return { reason: 'permission_missing', missingPermissions: missing };
  }
  if (connection.toolMissing) return { reason: 'tool_missing' };
  if (throttledUntil !== null && throttledUntil > now)
    return { reason: 'throttled', retryAt: throttledUntil };
  return null;
}

/** What is needed and was not granted, in any form. */
export function missingPermissions(
  needed: readonly string[],
  granted: readonly string[] | null,
): readonly string[] {
  return needed.filter((permission) => !permissionGranted(permission, granted ?? []));
}

/** What a connection's own page tells of besides what the gate asks. */
export interface ConnectionCare extends ConnectionState {
  readonly provider: Provider;
  readonly consentKnown: boolean;
  /** A check was made since the credential was given. */
  readonly checked: boolean;
  /** What the last check or run found wrong, where it found anything. */
  readonly healthReason: ReasonCode | null;
}

/** Everything that is wrong with a connection, what stops all work first. */
export function connectionFaults(connection: ConnectionCare, now: Date): ReasonCode[] {
  const { enabled, credential, tenantMismatch, throttledUntil, healthReason } = connection;
  const { consented, consentKnown, granted, checked, toolMissing } = connection;
  const missing = granted === null ? [] : missingPermissions(permissionsNeeded(connection.provider), granted);
  const faults: readonly (ReasonCode | false)[] = [
    !enabled && 'connection_disabled',
    credential === 'missing' && 'credential_missing',
    credential === 'expired' && 'credential_expired',
    credential === 'refused' && 'credential_invalid',
    tenantMismatch && 'tenant_mismatch',
    consentKnown && !consented && 'consent_missing',
    consented && missing.length > 0 && 'permission_missing',
    toolMissing && 'tool_missing',
    !checked && 'connection_unchecked',
    throttledUntil !== null && throttledUntil > now && 'throttled',
    checked && healthReason !== null && healthReason,
  ];
  return [...new Set(faults.filter((fault) => fault !== false))];
}
