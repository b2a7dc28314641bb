import { type ServerAccess, serverAccess } from '@signalbox/db/queries/connection/server-access';
import { isToolThere } from '@signalbox/db/queries/observability/tool-there';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { providerTraits } from '@signalbox/domain/connection/providers';
import type { RunContext } from '../../executor/run-context.ts';
import type { ServerProvider } from '../../providers/servers/server-provider.ts';
import type { TaskServices } from '../../task-services/catalogue.ts';
import type { Transport } from '../../transport/transport.ts';
import { NotHere, OperationFailure, Throttled } from '../failures.ts';

/** What work on an infra needs from the process it runs in. */
export interface ProvisioningSettings {
  /** Opens the credentials of connections. */
  readonly keyring: Keyring;
  openProvider(access: ServerAccess, workspaceId: string): ServerProvider;
  /** Opens the way to a server of a connection by the address its provider gave. */
  openTransport(address: string | null, access: ServerAccess): Promise<Transport>;
  readonly services: TaskServices;
}

/** One attempt of one run on one infra, with the connections it has opened. */
export interface ProvisioningSession {
  readonly context: RunContext;
  readonly settings: ProvisioningSettings;
  readonly infra: string;
  /**
   * The provider behind a connection.
   * @throws OperationFailure when the connection has no credential
   */
  provider(connectionId: number): Promise<OpenedProvider>;
}

export interface OpenedProvider {
  readonly access: ServerAccess;
  readonly servers: ServerProvider;
}

export function openProvisioning(
  context: RunContext,
  settings: ProvisioningSettings,
  infra: string,
): ProvisioningSession {
  const opened = new Map<number, Promise<OpenedProvider>>();
  const open = async (connectionId: number): Promise<OpenedProvider> => {
    const access = await context.read((tx) => serverAccess(tx, settings.keyring, connectionId));
    if (access !== null && access.secret !== null) context.conceal(access.secret);
    if (access === null || (access.secret === null && providerTraits[access.provider].credential)) {
      const message = 'The provider connection has no credential.';
      throw new OperationFailure({ code: 'credential_missing', message }, false);
    }
    return { access, servers: settings.openProvider(access, context.run.workspaceId) };
  };
  return {
    context,
    settings,
    infra,
    provider: (connectionId) => {
      const already = opened.get(connectionId) ?? open(connectionId);
      opened.set(connectionId, already);
      return already;
    },
  };
}

/**
 * Asks a provider, and keeps what its refusal says about the connection: the next start is then refused for the true
 * reason, or waits until the provider's pause is over. Where only the program is lacking here, another worker is to do it.
 */
export async function asking<T>(
  context: RunContext,
  { access }: OpenedProvider,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { connectionId, credentialSetAt } = access;
    const { tool } = providerTraits[access.provider];
    if (tool !== null && error instanceof OperationFailure && error.safeError.code === 'tool_missing') {
      if (await context.read((tx) => isToolThere(tx, tool))) throw new NotHere(tool);
    }
    if (error instanceof Throttled)
      await context.deed({ kind: 'set_throttled', connectionId, waitMs: error.retryAfterMs });
    if (error instanceof OperationFailure && error.safeError.code === 'credential_invalid') {
      await context.deed({
        kind: 'record_check',
        connectionId,
        finding: {
          health: 'failing',
          healthReason: 'credential_invalid',
          credential: 'refused',
          foundWith: credentialSetAt,
        },
      });
    }
    throw error;
  }
}
