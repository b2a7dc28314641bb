import { getRouteApi, Link } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { ActionButton } from '../run/action-button.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { lackingManage } from './member-row.tsx';
import { MembersList } from './members-list.tsx';
import type { MembersSearch } from './members-search.ts';
import { useCan } from './session.ts';

const route = getRouteApi('/w/$ws/members');

const InviteDialog = lazy(async () => ({ default: (await import('./invite-dialog.tsx')).InviteDialog }));

type PartName = NonNullable<MembersSearch['part']> | 'members';

const parts: Record<PartName, { readonly label: string; readonly Part: ComponentType }> = {
  members: { label: 'Members', Part: MembersList },
  invitations: {
    label: 'Invitations',
    Part: lazy(async () => ({ default: (await import('./invitations-list.tsx')).InvitationsList })),
  },
  roles: {
    label: 'Who can do what',
    Part: lazy(async () => ({ default: (await import('./roles-table.tsx')).RolesTable })),
  },
};

/** Who belongs to the workspace, who is invited, and who can do what. */
export function MembersPage() {
  const { part = 'members' } = route.useSearch();
  const { ws } = route.useParams();
  const manage = useCan('member.manage');
  const [inviting, setInviting] = useState(false);
  const { Part } = parts[part];
  return (
    <Page
      title="Members"
      actions={
        <ActionButton
          look="primary"
          icon={<UserPlus size={15} aria-hidden="true" />}
          refused={manage ? null : lackingManage}
          onClick={() => setInviting(true)}
        >
          Invite
        </ActionButton>
      }
    >
      <section aria-label={parts[part].label} className="panel flex min-w-0 flex-col">
        <nav
          aria-label="Parts of the page"
          className="flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line px-2"
        >
          {(Object.keys(parts) as PartName[]).map((name) => (
            <Link
              key={name}
              to="/w/$ws/members"
              params={{ ws }}
              search={name === 'members' ? {} : { part: name }}
              activeOptions={{ exact: true }}
              aria-current={part === name ? 'page' : undefined}
              className="-mb-px flex h-10 items-center border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {parts[name].label}
            </Link>
          ))}
        </nav>
        <Suspense fallback={<SkeletonRows rows={6} />}>
          <Part key={part} />
        </Suspense>
      </section>
      {inviting && (
        <Suspense>
          <InviteDialog onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </Page>
  );
}
