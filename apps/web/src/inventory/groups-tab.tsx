import type { Group } from '@signalbox/contracts/inventory/list-groups';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { Id } from '../ui/id.tsx';
import { SeenAt } from './seen-at.tsx';
import { SeenHead, SeenList, useSeenAsk } from './seen-list.tsx';

const columns = 'lg:grid-cols-[minmax(0,2.2fr)_minmax(0,1.2fr)_10rem_9rem] lg:items-center lg:gap-x-6';

/** What a group is, in a few words. */
function kindOf({ kinds, mailEnabled, securityEnabled }: Group): string {
  const words = [
    ...(kinds.includes('Unified') ? ['Microsoft 365'] : []),
    ...(securityEnabled === true ? ['security'] : []),
    ...(mailEnabled === true && !kinds.includes('Unified') ? ['mail'] : []),
    ...(kinds.includes('DynamicMembership') ? ['dynamic'] : []),
  ];
  return words.length === 0 ? 'group' : words.join(', ');
}

function GroupRow({ group }: { group: Group }) {
  const { name, description, mail, groupId, lastSeenAt, removedAt } = group;
  return (
    <li className={`grid min-h-(--row) gap-x-4 gap-y-0.5 px-4 py-1.5 ${columns}`}>
      <div className="min-w-0">
        <span className={`block truncate ${removedAt === undefined ? '' : 'text-muted'}`} title={name}>
          {name}
        </span>
        {(mail ?? description) !== undefined && (
          <span className="block truncate text-xs text-faint">{mail ?? description}</span>
        )}
      </div>
      {/* One line below the name where the row is a card. */}
      <div className="contents max-lg:flex max-lg:flex-wrap max-lg:items-center max-lg:gap-x-4">
        <span className="inline-block text-sm text-muted first-letter:uppercase">{kindOf(group)}</span>
        <span className="min-w-0">
          <Id id={groupId} label="Copy the id at the provider" />
        </span>
        <SeenAt lastSeenAt={lastSeenAt} removedAt={removedAt} />
      </div>
    </li>
  );
}

/** Groups of the tenant's directory as last seen. */
export function GroupsTab({ tenantId }: { tenantId: number }) {
  const ask = useSeenAsk(tenantId);
  const query = useQuery(trpc.group.list.queryOptions(ask, { placeholderData: keepPreviousData }));
  return (
    <SeenList
      part="groups"
      tenantId={tenantId}
      query={query}
      habit="without"
      head={<SeenHead columns={columns} names={['Group', 'Kind', 'Id', 'Last seen']} />}
      row={(group) => <GroupRow key={group.id} group={group} />}
    />
  );
}
