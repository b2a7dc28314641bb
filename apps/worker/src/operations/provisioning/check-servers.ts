import { serverCheckInput } from '@signalbox/contracts/operation/provisioning-inputs';
import { providerTraits } from '@signalbox/domain/connection/providers';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RunContext } from '../../executor/run-context.ts';
import { OperationFailure } from '../failures.ts';
import { defineOperation, type Operation } from '../operation.ts';
import { asking, openProvisioning, type ProvisioningSettings } from './session.ts';

/** Which infra is looked at does not matter: what is asked is whether an answer comes. */
const nowhere = 'signalbox-check';

/**
 * Finds out whether a connection to a provider of servers works, by reading from it. A refused credential is a finding
 * and the check succeeds; it fails only when the provider gave no answer.
 */
export function checkServers(settings: ProvisioningSettings): Operation {
  const { name, retry } = operations['servers.connection.check'];
  return defineOperation({
    name,
    retry,
    parseInput: (input) => serverCheckInput.parse(input),
    perform: (context, { provider }) => check(context, { settings, retry, provider }),
  });
}

interface Check {
  readonly settings: ProvisioningSettings;
  readonly retry: { readonly attempts: number };
  readonly provider: keyof typeof providerTraits;
}

async function check(context: RunContext, { settings, retry, provider }: Check): Promise<WorkResult> {
  const { connectionId } = context.run;
  if (connectionId === null) throw new Error('The run has no connection.');
  const { label } = providerTraits[provider];
  const session = openProvisioning(context, settings, nowhere);
  const opened = await session.provider(connectionId);
  const foundWith = opened.access.credentialSetAt;
  await context.log('info', `Reading from ${label}.`);
  try {
    await asking(context, opened, () => opened.servers.look(nowhere, context.signal));
  } catch (error) {
    if (!(error instanceof OperationFailure)) throw error;
    const { code } = error.safeError;
    if (code === 'credential_invalid') {
      context.setOutput({ health: 'failing', reason: code });
      await context.log('warning', `${label} did not accept the credential.`);
      return { kind: 'done' };
    }
    const lastTry = context.run.attempt >= retry.attempts || !error.retryable;
    const finding = { health: 'failing', healthReason: code, foundWith } as const;
    if (lastTry) await context.deed({ kind: 'record_check', connectionId, finding });
    throw error;
  }
  const finding = { health: 'ok', healthReason: null, credential: 'present', foundWith } as const;
  await context.deed({ kind: 'record_check', connectionId, finding });
  context.setOutput({ health: 'ok' });
  await context.log('info', 'The connection works.');
  return { kind: 'done' };
}
