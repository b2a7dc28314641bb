import type { ConnectionFinding } from '@signalbox/db/commands/connection/record-check';
import { permissionGranted } from '@signalbox/domain/operation/permissions';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { GraphClient } from '../../providers/graph/graph-client.ts';
import { GraphFailure, GraphThrottled } from '../../providers/graph/graph-failure.ts';
import { readGrantedAppRoles } from '../../providers/graph/read-granted-app-roles.ts';

/** Whom a failed call concerns. */
export type Judgement =
  /** This one object; the others are worth trying. */
  | { readonly kind: 'item'; readonly error: SafeError }
  /** Every further call would fail in the same way, and the connection is not what it was taken for. */
  | { readonly kind: 'connection'; readonly error: SafeError; readonly finding: ConnectionFinding }
  /** Nobody: the service wants us to wait. */
  | { readonly kind: 'throttled'; readonly waitMs: number }
  /** The service does not work at the moment. */
  | { readonly kind: 'unavailable'; readonly error: SafeError };

/**
 * Judges a failed call. A 403 is ambiguous: the application may lack the permission, or the object may be
 * protected. So the granted permissions are read again; only one that is really missing concerns the connection.
 */
export async function judgeFailure(
  client: GraphClient,
  failure: GraphFailure,
  needed: readonly string[],
): Promise<Judgement> {
  if (failure instanceof GraphThrottled) return { kind: 'throttled', waitMs: failure.retryAfterMs };
  const told = toldBy(failure);
  switch (failure.kind) {
    case 'auth': {
      const expired = failure.code === 'AADSTS7000222';
      const code = expired ? 'credential_expired' : 'credential_invalid';
      const message = expired
        ? 'The credential of the provider connection has expired.'
        : 'The provider did not accept the credential of the connection.';
      const finding = { ...failing(code), credential: expired ? 'expired' : 'refused' } as const;
      return { kind: 'connection', error: { code, message, ...told }, finding };
    }
    case 'consent': {
      const code = 'consent_missing';
      const message = 'No administrator of the tenant has granted consent, or it was taken back.';
      const finding = { ...failing(code), consent: 'missing', credential: 'present', granted: [] } as const;
      return { kind: 'connection', error: { code, message, ...told }, finding };
    }
    case 'permission':
      return (await judgePermission(client, failure, needed)) ?? refused(failure);
    case 'unavailable':
      return {
        kind: 'unavailable',
        error: {
          code: 'provider_unavailable',
          message: 'The provider did not answer as it should.',
          ...told,
        },
      };
    case 'throttled':
      return { kind: 'throttled', waitMs: unnamedWaitMs };
    default:
      return refused(failure);
  }
}

/** A 429 that reached us without a wait: the adapter always names one, so this is never the usual way. */
const unnamedWaitMs = 30_000;

async function judgePermission(
  client: GraphClient,
  failure: GraphFailure,
  needed: readonly string[],
): Promise<Judgement | null> {
  try {
    const granted = await readGrantedAppRoles(client);
    const missing = needed.filter((permission) => !permissionGranted(permission, granted));
    if (missing.length === 0) return null;
    const code = 'permission_missing';
    const message = `The connection has not been granted ${missing.join(', ')}.`;
    return {
      kind: 'connection',
      error: { code, message, context: { ...toldBy(failure).context, missing: missing.join(', ') } },
      finding: { ...failing(code), consent: 'granted', credential: 'present', granted },
    };
  } catch (error) {
    // What is granted cannot be learned; then nothing is claimed about the connection.
    if (error instanceof GraphFailure) return null;
    throw error;
  }
}

function refused(failure: GraphFailure): Judgement {
  const told = toldBy(failure);
  switch (failure.kind) {
    case 'not_found':
      return {
        kind: 'item',
        error: { code: 'not_found', message: 'The object no longer exists at the provider.', ...told },
      };
    case 'conflict':
      return {
        kind: 'item',
        error: {
          code: 'conflict',
          message: 'The provider refused: it conflicts with what is there or under way.',
          ...told,
        },
      };
    default:
      return {
        kind: 'item',
        error: { code: 'provider_refused', message: 'The provider refused the request.', ...told },
      };
  }
}

function failing(healthReason: string): { readonly health: 'failing'; readonly healthReason: string } {
  return { health: 'failing', healthReason };
}

/** What the provider said, in codes only. */
export function toldBy(failure: GraphFailure): {
  readonly context: Readonly<Record<string, string | number>>;
} {
  const { code, status, requestId } = failure;
  return {
    context: {
      providerCode: code,
      ...(status !== null && { status }),
      ...(requestId !== null && { requestId }),
    },
  };
}
