import type { AccountSession } from '@signalbox/contracts/access/account-session';
import type { SessionRecord } from '@signalbox/db/queries/access/sessions';
import { deviceName } from '@signalbox/domain/access/device-name';
import { moment } from '../time.ts';

/** A session for its person; `current` is the one of the call. */
export function presentSession(record: SessionRecord, current: number): AccountSession {
  const { id, kind, userAgent, address, createdAt, lastSeenAt, idleAt } = record;
  return {
    id,
    current: id === current,
    kind,
    device: deviceName(userAgent),
    address,
    createdAt: moment(createdAt),
    lastSeenAt: moment(lastSeenAt),
    endsAt: moment(idleAt),
  };
}
