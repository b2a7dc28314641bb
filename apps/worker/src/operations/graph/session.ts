import type { ConnectionFinding } from '@signalbox/db/commands/connection/record-check';
import { connectionAccess } from '@signalbox/db/queries/connection/connection-access';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import type { TenantClaim } from '@signalbox/domain/connection/provider-tenant';
import { type OperationName, operationRule } from '@signalbox/domain/operation/registry';
import type { RunContext } from '../../executor/run-context.ts';
import { createGraphClient, type GraphClient } from '../../providers/graph/graph-client.ts';
import type { HttpRetryBounds } from '../../providers/http/decide-retry.ts';
import type { ThrottleNotice } from '../../providers/http/try-until-settled.ts';
import { OperationFailure } from '../failures.ts';
import { observeFailure } from './observe.ts';

/** What every Graph operation needs from the process it runs in. */
export interface GraphSettings {
  /** Opens the credentials of connections. */
  readonly keyring: Keyring;
  /** `https://graph.microsoft.com`, or where an emulator listens. */
  readonly graphUrl: string;
  /** `https://login.microsoftonline.com`, or where an emulator listens. */
  readonly loginUrl: string;
  /** Changes what one call spends on waiting; for tests. */
  readonly retry?: Partial<HttpRetryBounds>;
}

/** One attempt of one run on one tenant. */
export interface GraphSession {
  readonly context: RunContext;
  readonly operation: OperationName;
  readonly client: GraphClient;
  readonly tenantId: number;
  readonly connectionId: number;
  /** What is known of the tenant that should be reached. */
  readonly claim: TenantClaim;
  /** Which credential was opened: when it was given. */
  readonly credentialSetAt: string | null;
  /** Permissions that the operation needs. */
  readonly needed: readonly string[];
  /** No further attempt follows this one. */
  readonly lastTry: boolean;
}

/**
 * Opens the connection of the run. No request is sent yet.
 * @param signal ends calls at once; the run's own unless something gentler is meant
 */
export async function openSession(
  context: RunContext,
  settings: GraphSettings,
  work: { readonly operation: OperationName; readonly signal?: AbortSignal },
): Promise<GraphSession> {
  const { tenantId, connectionId } = context.run;
  if (tenantId === null || connectionId === null) throw new Error('The run has no tenant or no connection.');
  const access = await context.read((tx) => connectionAccess(tx, settings.keyring, connectionId));
  if (access !== null) context.conceal(access.secret);
  const clientId = access?.settings.clientId;
  if (access === null || clientId === undefined) {
    const message = 'The provider connection has no credential.';
    const error = { code: 'credential_missing', message } as const;
    await observeFailure(context, work.operation, error);
    throw new OperationFailure(error, false);
  }
  const client = createGraphClient({
    baseUrl: settings.graphUrl,
    loginUrl: settings.loginUrl,
    tenantExternalId: access.tenantExternalId,
    clientId,
    clientSecret: access.secret,
    signal: work.signal ?? context.signal,
    onThrottle: (notice) => tellThrottle(context, notice),
    ...(settings.retry !== undefined && { retry: settings.retry }),
  });
  const rule = operationRule(work.operation);
  const lastTry = context.run.attempt >= rule.retry.attempts;
  const { claim, credentialSetAt } = access;
  const needed = rule.permissions;
  const { operation } = work;
  return { context, operation, client, tenantId, connectionId, claim, credentialSetAt, needed, lastTry };
}

/** Keeps what was learned about the connection, unless its credential has been replaced since it was opened. */
export async function noteFinding(session: GraphSession, finding: ConnectionFinding): Promise<void> {
  const { context, connectionId, credentialSetAt } = session;
  await context.deed({
    kind: 'record_check',
    connectionId,
    finding: { foundWith: credentialSetAt, ...finding },
  });
}

/** A wait that the call bears by itself is told as it begins; one that ends the attempt is told by whoever ends it. */
function tellThrottle(context: RunContext, { inline, retryAfterMs }: ThrottleNotice): void {
  if (!inline) return;
  const text = `The provider asked for a pause of ${seconds(retryAfterMs)}; waiting.`;
  // When the run has to stop, the call stops too and says so itself.
  context.log('warning', text).catch(() => undefined);
}

/** A duration in words, for example `2 s` or `0.3 s`. */
export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
