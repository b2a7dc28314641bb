import type { RoleDefinition } from '@signalbox/contracts/inventory/list-role-definitions';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { trpc } from '../client/api.ts';
import { Select } from '../ui/field.tsx';
import { SeenAt } from './seen-at.tsx';
import { SeenHead, SeenList, useSeenAsk } from './seen-list.tsx';

const route = getRouteApi('/w/$ws/tenants/$tenantId');
const columns = 'lg:grid-cols-[minmax(0,2.2fr)_6rem_8rem_8rem_9rem] lg:items-center lg:gap-x-6';
const sources = { entra: 'Entra', intune: 'Intune' } as const;

function RoleRow({ role }: { role: RoleDefinition }) {
  const { name, description, source, builtIn, permissions, lastSeenAt, removedAt } = role;
  return (
    <li>
      <details className="group">
        <summary
          className={`grid min-h-(--row) cursor-default list-none gap-x-4 gap-y-0.5 px-4 py-1.5 hover:bg-hover ${columns}`}
        >
          <span className="flex min-w-0 items-center gap-2">
            <ChevronRight
              size={15}
              aria-hidden="true"
              className="shrink-0 text-faint transition-transform group-open:rotate-90"
            />
            <span className="min-w-0">
              <span className={`block truncate ${removedAt === undefined ? '' : 'text-muted'}`} title={name}>
                {name}
              </span>
              {description !== undefined && (
                <span className="block truncate text-xs text-faint">{description}</span>
              )}
            </span>
          </span>
          {/* Lines that wrap below the name where the row is a card. */}
          <span className="contents max-lg:flex max-lg:flex-wrap max-lg:gap-x-4 max-lg:pl-6">
            <span className="text-sm text-muted">{sources[source]}</span>
            <span className="text-sm text-muted max-lg:pl-6">
              {builtIn ? 'Built in' : 'Made by the tenant'}
            </span>
            <span className="text-sm text-muted tabular-nums">
              {permissions.length} {permissions.length === 1 ? 'permission' : 'permissions'}
            </span>
            <SeenAt lastSeenAt={lastSeenAt} removedAt={removedAt} />
          </span>
        </summary>
        <div className="border-t border-line bg-sunken px-4 py-3 pl-10">
          {description !== undefined && <p className="mb-2 max-w-3xl text-sm">{description}</p>}
          {permissions.length === 0 ? (
            <p className="text-sm text-muted">It allows nothing that the provider names.</p>
          ) : (
            <ul
              aria-label={`What ${name} allows`}
              className="grid gap-x-6 font-mono text-xs leading-5 wrap-anywhere lg:grid-cols-2"
            >
              {permissions.map((permission) => (
                <li key={permission}>{permission}</li>
              ))}
            </ul>
          )}
        </div>
      </details>
    </li>
  );
}

/** Role definitions of Entra and of Intune as last seen; what one allows opens below it. */
export function RolesTab({ tenantId }: { tenantId: number }) {
  const { source } = route.useSearch();
  const ask = useSeenAsk(tenantId);
  const navigate = route.useNavigate();
  const query = useQuery(
    trpc.roleDefinition.list.queryOptions(
      { ...ask, ...(source && { source }) },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <SeenList
      part="roles"
      tenantId={tenantId}
      query={query}
      habit="without"
      narrowed={source !== undefined}
      filters={
        <Select
          aria-label="Source"
          className="h-9 w-full sm:w-40"
          value={source ?? ''}
          onChange={({ target }) => {
            const next = target.value === 'entra' || target.value === 'intune' ? target.value : undefined;
            void navigate({
              search: (old) => ({ ...old, source: next, cursor: undefined }),
              resetScroll: false,
            });
          }}
        >
          <option value="">Entra and Intune</option>
          <option value="entra">Entra</option>
          <option value="intune">Intune</option>
        </Select>
      }
      head={
        <SeenHead
          columns={`${columns} [&>:first-child]:pl-6`}
          names={['Role definition', 'Source', 'Made by', 'Allows', 'Last seen']}
        />
      }
      row={(role) => <RoleRow key={role.id} role={role} />}
    />
  );
}
