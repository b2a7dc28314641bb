import type { Member } from '@signalbox/contracts/access/member';
import { roles } from '@signalbox/domain/access/capabilities';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { trpc } from '../client/api.ts';
import { buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Select } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { MemberRow } from './member-row.tsx';
import { meQuery, useCan } from './session.ts';

const route = getRouteApi('/w/$ws/members');

const ChangeMember = lazy(async () => ({ default: (await import('./change-member.tsx')).ChangeMember }));
const RemoveMember = lazy(async () => ({ default: (await import('./remove-member.tsx')).RemoveMember }));

/** The filter of the members: both parts are in the URL. */
function MembersFilter() {
  const { role, text } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <search className="flex flex-wrap gap-2 border-b border-line px-4 py-3">
      <SearchBox
        label="Find a member"
        placeholder="Find a member"
        text={text}
        onText={(wanted) =>
          void navigate({ search: (old) => ({ ...old, text: wanted, cursor: undefined }), replace: true })
        }
      />
      <Select
        aria-label="Role"
        className="h-9 w-full sm:w-44"
        value={role ?? ''}
        onChange={(event) => {
          const next = roles.find((each) => each === event.target.value);
          void navigate({ search: (old) => ({ ...old, role: next, cursor: undefined }) });
        }}
      >
        <option value="">Any role</option>
        {roles.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </Select>
    </search>
  );
}

/** Everybody who belongs to the workspace. */
export function MembersList() {
  const { ws } = route.useParams();
  const { role, text, cursor } = route.useSearch();
  const manage = useCan('member.manage');
  const me = useQuery(meQuery());
  const [open, setOpen] = useState<{ readonly deed: 'change' | 'remove'; readonly member: Member } | null>(
    null,
  );
  const query = useQuery(
    trpc.member.list.queryOptions(
      { limit: 50, ...(role && { role }), ...(text && { text }), ...(cursor && { cursor }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const rows = query.data?.items ?? [];
  const close = () => setOpen(null);
  return (
    <>
      <MembersFilter />
      {query.isPending ? (
        <SkeletonRows rows={5} />
      ) : query.isError && query.data === undefined ? (
        <FaultView error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Notice
          icon={<Users size={26} aria-hidden="true" />}
          title="No member matches"
          actions={
            <Link to="/w/$ws/members" params={{ ws }} className={buttonClass('plain')}>
              Clear the filter
            </Link>
          }
        >
          Nobody who belongs to this workspace has such a name and role.
        </Notice>
      ) : (
        <ul
          aria-label="Members"
          className={`divide-y divide-line ${query.isPlaceholderData ? 'opacity-60' : ''}`}
        >
          {rows.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              self={member.id === me.data?.user.id}
              manage={manage}
              onDeed={(deed) => setOpen({ deed, member })}
            />
          ))}
        </ul>
      )}
      {(cursor !== undefined || query.data?.nextCursor) && (
        <nav aria-label="Pages" className="flex justify-end gap-2 border-t border-line px-4 py-3">
          {cursor !== undefined && (
            <Link to="/w/$ws/members" params={{ ws }} search={{ role, text }} className={buttonClass()}>
              First page
            </Link>
          )}
          {query.data?.nextCursor && (
            <Link
              to="/w/$ws/members"
              params={{ ws }}
              search={{ role, text, cursor: query.data.nextCursor }}
              className={buttonClass()}
            >
              Next page
            </Link>
          )}
        </nav>
      )}
      <Suspense>
        {open?.deed === 'change' && <ChangeMember member={open.member} onClose={close} />}
        {open?.deed === 'remove' && <RemoveMember member={open.member} onClose={close} />}
      </Suspense>
    </>
  );
}
