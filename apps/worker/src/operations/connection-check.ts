import { emptyInput } from '@signalbox/contracts/operation/empty-input';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RunContext } from '../executor/run-context.ts';
import { GraphFailure } from '../providers/graph/graph-failure.ts';
import { type CheckedConnection, checkConnection } from './graph/check-connection.ts';
import { guarded } from './graph/run-failure.ts';
import { type GraphSession, type GraphSettings, noteFinding, openSession } from './graph/session.ts';
import { defineOperation, type Operation } from './operation.ts';

/**
 * Finds out whether a connection works and keeps its consent, credential, permissions and health true.
 *
 * A check that could be made succeeds, whatever it found: a refused secret is a finding, and the output says so. It
 * fails only when nothing could be learned because the provider gave no answer; then health is kept as failing, and
 * consent, credential and permissions stay as they were known.
 */
export function connectionCheck(settings: GraphSettings): Operation {
  const { name, retry } = operations['provider.connection.check'];
  return defineOperation({
    name,
    retry,
    parseInput: (input) => emptyInput.parse(input),
    perform: (context) => check(context, settings),
  });
}

async function check(context: RunContext, settings: GraphSettings): Promise<WorkResult> {
  const session = await openSession(context, settings, { operation: 'provider.connection.check' });
  await context.log('info', 'Signing in to the provider and reading what is granted.');
  const checked = await context.step('check', { idempotent: true }, () =>
    guarded(session, () => checkOrNote(session)),
  );
  await noteFinding(session, checked.finding);
  context.setOutput(checked.output);
  await context.log(checked.finding.health === 'ok' ? 'info' : 'warning', sentence(checked));
  return { kind: 'done' };
}

/** A provider that stays silent to the end makes the connection failing; nothing else is claimed about it. */
async function checkOrNote(session: GraphSession): Promise<CheckedConnection> {
  try {
    const { client, claim, credentialSetAt } = session;
    const checked = await checkConnection(client, claim);
    // Kept with the step: a later attempt may open another credential.
    return { ...checked, finding: { ...checked.finding, foundWith: credentialSetAt } };
  } catch (error) {
    if (session.lastTry && error instanceof GraphFailure && error.kind === 'unavailable') {
      const finding = { health: 'failing', healthReason: 'provider_unavailable' } as const;
      await noteFinding(session, finding);
    }
    throw error;
  }
}

function sentence({
  finding,
  output,
}: {
  readonly finding: CheckedConnection['finding'];
  readonly output: JsonObject;
}) {
  switch (finding.healthReason) {
    case null:
      return 'The connection works and has every permission it needs.';
    case 'credential_expired':
      return 'The credential has expired.';
    case 'credential_invalid':
      return 'The provider did not accept the credential.';
    case 'tenant_mismatch':
      return 'The connection reaches another tenant than the one that is meant.';
    case 'consent_missing':
      return 'No administrator of the tenant has granted consent.';
    default:
      return `Missing permissions: ${Array.isArray(output.missing) ? output.missing.join(', ') : 'unknown'}.`;
  }
}
