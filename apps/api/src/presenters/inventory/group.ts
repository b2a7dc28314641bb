import type { Group } from '@signalbox/contracts/inventory/list-groups';
import type { listGroups } from '@signalbox/db/queries/inventory/groups';
import type { Json } from '@signalbox/domain/gate/canonical';
import { moment, optionalMoment } from '../time.ts';

/** A group as last seen at the provider. */
export function presentGroup(row: Awaited<ReturnType<typeof listGroups>>[number]): Group {
  const { mail, mailEnabled, securityEnabled, groupTypes } = row.details;
  return {
    id: row.id,
    groupId: row.externalId,
    name: row.name,
    ...(row.description !== null && { description: row.description }),
    ...(typeof mail === 'string' && { mail }),
    ...(typeof mailEnabled === 'boolean' && { mailEnabled }),
    ...(typeof securityEnabled === 'boolean' && { securityEnabled }),
    kinds: texts(groupTypes),
    lastSeenAt: moment(row.lastSeenAt),
    ...optionalMoment('removedAt', row.removedAt),
  };
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
