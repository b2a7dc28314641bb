import type { Keyring } from '@signalbox/db/secrets/envelope';
import type { CommandRuntime } from '../../process/command-runtime.ts';
import { openServerProvider, type ServerProviderSettings } from '../../providers/server-providers.ts';
import { readTaskServices } from '../../task-services/catalogue.ts';
import { openTransport } from '../../transport/open-transport.ts';
import type { ProvisioningSettings } from './session.ts';

/** What the worker is told of provisioning by its environment. */
export interface ProvisioningEnvironment extends ServerProviderSettings {
  /** How servers let a worker sign in; null where none is reached over SSH. */
  readonly ssh: { readonly privateKey: string; readonly hostKeys: readonly string[] } | null;
}

/** Everything that work on infras needs, made once at the start of the worker. */
export async function openProvisioningSettings(parts: {
  readonly keyring: Keyring;
  readonly runtime: CommandRuntime;
  readonly environment: ProvisioningEnvironment;
}): Promise<ProvisioningSettings> {
  const { keyring, runtime, environment } = parts;
  const { emulatedServersDir, sandboxDir, ssh } = environment;
  const roots = [sandboxDir, emulatedServersDir].filter((root) => root !== null);
  return {
    keyring,
    services: await readTaskServices(),
    openProvider: (access, workspace) => openServerProvider(access, workspace, { ...environment, runtime }),
    openTransport: (address) => openTransport(address, { runtime, roots, ssh }),
  };
}
