import type { Connection, ConnectionDetail } from '@signalbox/contracts/connection/connection';
import type { connectionHolder } from '@signalbox/db/queries/connection/connection-holder';
import type { getConnection } from '@signalbox/db/queries/connection/connections';
import { permissionGranted, permissionsNeeded } from '@signalbox/domain/operation/permissions';
import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import { providers } from '@signalbox/domain/operation/rule';
import { knownReason, presentReason } from '../gate/reason.ts';
import { presentHolder } from '../gate/start-outcome.ts';
import { moment, optionalMoment } from '../time.ts';

type Row = NonNullable<Awaited<ReturnType<typeof getConnection>>>;

const consents = ['unknown', 'granted', 'missing'] as const;
const healths = ['unknown', 'ok', 'warning', 'failing'] as const;
const credentials = ['present', 'missing', 'refused'] as const;

/** A provider connection. It never carries the credential, only whether there is one. */
export function presentConnection(row: Row, now: Date): Connection {
  const reason = row.health === 'ok' ? null : knownReason(row.healthReason);
  const expired = row.credentialExpiresAt !== null && row.credentialExpiresAt <= now;
  const stored = credentials.find((each) => each === row.credential) ?? 'missing';
  return {
    id: row.id,
    ...(row.tenant !== null && { tenant: row.tenant }),
    provider: providers.find((each) => each === row.provider) ?? 'graph',
    label: row.label,
    isDefault: row.isDefault,
    enabled: row.enabled,
    consent: consents.find((each) => each === row.consent) ?? 'unknown',
    credential: stored === 'present' && expired ? 'expired' : stored,
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

/** A connection with what it may do at the provider and who holds its scope. */
export function presentConnectionDetail(
  row: Row,
  holder: Awaited<ReturnType<typeof connectionHolder>>,
  now: Date,
): ConnectionDetail {
  const connection = presentConnection(row, now);
  const granted = row.granted ?? [];
  return {
    ...connection,
    permissions: permissionsNeeded(connection.provider).map((name) => ({
      name,
      granted: permissionGranted(name, granted),
      neededBy: operationNames.filter((each) => operationRule(each).permissions.includes(name)),
    })),
    ...(holder !== null && { holder: presentHolder(holder) }),
  };
}
