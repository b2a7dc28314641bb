import type { ApiKey, ShownApiKey } from '@signalbox/contracts/access/api-key';
import type { ShownKey } from '@signalbox/db/commands/access/create-api-key';
import type { ApiKeyRecord } from '@signalbox/db/queries/access/api-keys';
import { moment, optionalMoment } from '../time.ts';

/** A key without its secret. */
export function presentApiKey(record: ApiKeyRecord): ApiKey {
  const { lastUsedFrom, revokedBy } = record;
  return {
    id: record.id,
    name: record.name,
    hint: record.hint,
    status: record.status,
    capabilities: [...record.capabilities],
    mayActFor: record.mayActFor,
    createdBy: record.createdBy,
    createdAt: moment(record.createdAt),
    ...optionalMoment('expiresAt', record.expiresAt),
    ...optionalMoment('previousUntil', record.previousUntil),
    ...optionalMoment('lastUsedAt', record.lastUsedAt),
    ...(lastUsedFrom !== null && { lastUsedFrom }),
    ...optionalMoment('revokedAt', record.revokedAt),
    ...(revokedBy !== null && { revokedBy }),
  };
}

/** A key at the only moment it is shown. */
export function presentShownKey({ record, text }: ShownKey): ShownApiKey {
  return { ...presentApiKey(record), key: text };
}
