import type { Connection, UsedConnection } from '@signalbox/contracts/connection/connection';
import type { ConnectionRecord, ConnectionUse } from '@signalbox/db/queries/connection/connections';
import { providers, providerTraits } from '@signalbox/domain/connection/providers';
import { knownReason, presentReason } from '../gate/reason.ts';
import { presentHolder } from '../gate/start-outcome.ts';
import { moment, optionalMoment } from '../time.ts';

const consents = ['unknown', 'granted', 'missing'] as const;
const healths = ['unknown', 'ok', 'warning', 'failing'] as const;
const credentials = ['present', 'missing', 'refused'] as const;

/** A provider connection. It never carries the credential, only whether there is one. */
export function presentConnection(row: ConnectionRecord, now: Date): Connection {
  const reason = row.health === 'ok' ? null : knownReason(row.healthReason);
  const provider = providers.find((each) => each === row.provider) ?? 'graph';
  return {
    id: row.id,
    ...(row.tenant !== null && { tenant: row.tenant }),
    provider,
    label: row.label,
    isDefault: row.isDefault,
    enabled: row.enabled,
    ...(row.disabledAt !== null && {
      disabled: {
        at: moment(row.disabledAt),
        by: row.disabledBy ?? '',
        reason: row.disabledReason ?? '',
      },
    }),
    consent: consents.find((each) => each === row.consent) ?? 'unknown',
    credential: providerTraits[provider].credential ? credentialOf(row, now) : 'not_needed',
    ...optionalMoment('credentialSetAt', row.credentialSetAt),
    ...optionalMoment('credentialExpiresAt', row.credentialExpiresAt),
    health: healths.find((each) => each === row.health) ?? 'unknown',
    ...(reason !== null && { healthReason: presentReason(reason) }),
    ...optionalMoment('checkedAt', row.checkedAt),
    ...optionalMoment(
      'throttledUntil',
      row.throttledUntil !== null && row.throttledUntil > now ? row.throttledUntil : null,
    ),
    createdAt: moment(row.createdAt),
  };
}

function credentialOf(row: ConnectionRecord, now: Date): Exclude<Connection['credential'], 'not_needed'> {
  const expired = row.credentialExpiresAt !== null && row.credentialExpiresAt <= now;
  const stored = credentials.find((each) => each === row.credential) ?? 'missing';
  return stored === 'present' && expired ? 'expired' : stored;
}

/** A connection with who works through it. */
export function presentUsedConnection(row: ConnectionRecord & ConnectionUse, now: Date): UsedConnection {
  return {
    ...presentConnection(row, now),
    activeRuns: row.activeRuns,
    ...(row.holder !== null && { holder: presentHolder(row.holder) }),
  };
}
