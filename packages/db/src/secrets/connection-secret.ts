import type { SealedPlace } from './envelope.ts';
import { sealedPlace } from './sealed-columns.ts';

/** Where the credential of a provider connection is sealed. */
export function connectionSecretPlace(workspaceId: string, connectionId: number): SealedPlace {
  return sealedPlace({ table: 'connections', column: 'sealed_secret' }, { workspaceId, key: connectionId });
}
