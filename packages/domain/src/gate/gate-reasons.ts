import type { ReasonCode } from './reasons.ts';

/**
 * The reasons the start gate itself can give, in the order it asks. A refusal with any other reason does not compile,
 * so whatever covers this list covers the gate.
 */
export const gateReasons = [
  'session_closed',
  'session_locked',
  'provider_connection_missing',
  'provider_connection_ambiguous',
  'target_missing',
  'selection_unknown',
  'restore_preview_missing',
  'preview_stale',
  'already_active',
  'connection_disabled',
  'credential_missing',
  'credential_expired',
  'credential_invalid',
  'tenant_mismatch',
  'consent_missing',
  'permission_missing',
  'tool_missing',
  'throttled',
  'scope_busy',
  'quota_exceeded',
  'approval_required',
] as const satisfies readonly ReasonCode[];
export type GateReason = (typeof gateReasons)[number];
