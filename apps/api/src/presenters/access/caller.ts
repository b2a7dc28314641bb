import type { CallerFacts } from '@signalbox/contracts/access/get-caller';
import type { ApiKeyRecord } from '@signalbox/db/queries/access/api-keys';
import { capabilitiesHeld, type Principal } from '@signalbox/domain/access/principal';
import { optionalMoment } from '../time.ts';

/** Whoever calls, with the key they call with. */
export function presentCaller(principal: Principal, key: ApiKeyRecord | null): CallerFacts {
  const { workspaceId, userId, username, tenants } = principal;
  return {
    kind: key === null ? 'user' : 'api_key',
    workspaceId,
    ...(userId !== null && { username }),
    ...(key !== null && {
      apiKey: {
        id: key.id,
        name: key.name,
        mayActFor: key.mayActFor,
        ...optionalMoment('expiresAt', key.expiresAt),
      },
    }),
    allTenants: tenants === 'all',
    capabilities: capabilitiesHeld(principal),
  };
}
