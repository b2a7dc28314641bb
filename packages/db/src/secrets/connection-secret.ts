import type { SealedPlace } from './envelope.ts';

/** Where the credential of a provider connection is sealed. */
export function connectionSecretPlace(workspaceId: string, connectionId: number): SealedPlace {
  return { workspaceId, row: `connections:${connectionId}`, column: 'sealed_secret' };
}
