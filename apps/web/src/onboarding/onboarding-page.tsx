import { onboardingSteps, type SessionStatus, sessionStatuses } from '@signalbox/domain/onboarding/session';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ClipboardCheck, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { meQuery, useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { isPaused } from '../live/live-stream.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Select } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TenantFilter } from '../ui/tenant-filter.tsx';
import { SessionRow } from './session-row.tsx';
import { sessionWord } from './session-words.ts';

const OnboardDialog = lazy(async () => ({ default: (await import('./onboard-dialog.tsx')).OnboardDialog }));

const route = getRouteApi('/w/$ws/onboarding');
const edit = 'onboarding.edit';
/** How often the list is asked for again: who edits and where a session stands has no hints, ms. */
const lookEveryMs = 8_000;

/** Tenants on their way into Signalbox: how far each is, who has it and who edits it now. */
export function OnboardingPage() {
  const { ws } = route.useParams();
  const { tenant, status, assignee, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useCan(edit);
  const { data: me } = useQuery(meQuery());
  const [choosing, setChoosing] = useState(false);
  const query = useQuery(
    trpc.onboarding.list.queryOptions(
      {
        limit: 50,
        ...(tenant !== undefined && { tenantId: Number(tenant) }),
        ...(status !== undefined && { status }),
        ...(assignee === 'me' && me !== undefined && { assigneeUserId: me.user.id }),
        ...(cursor !== undefined && { cursor }),
      },
      {
        placeholderData: keepPreviousData,
        refetchInterval: () => (isPaused() ? false : lookEveryMs),
        enabled: assignee !== 'me' || me !== undefined,
      },
    ),
  );
  const rows = query.data?.items ?? [];
  const narrowed = [tenant, status, assignee, cursor].some((part) => part !== undefined);
  const begin = (
    <ActionButton
      look="primary"
      icon={<Plus size={15} aria-hidden="true" />}
      refused={may ? null : `You lack the capability ${edit}.`}
      onClick={() => setChoosing(true)}
    >
      Onboard a tenant
    </ActionButton>
  );
  return (
    <Page
      title="Onboarding"
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: '/v1/onboarding-sessions' })} link />
          {begin}
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <TenantFilter
          tenant={tenant}
          onChange={(next) =>
            void navigate({ search: (old) => ({ ...old, tenant: next, cursor: undefined }) })
          }
        />
        <Select
          aria-label="Status"
          className="h-9 w-full sm:w-44"
          value={status ?? ''}
          onChange={({ target: { value } }) => {
            const next = sessionStatuses.find((one) => one === value);
            void navigate({ search: (old) => ({ ...old, status: next, cursor: undefined }) });
          }}
        >
          <option value="">Any status</option>
          {sessionStatuses.map((one: SessionStatus) => (
            <option key={one} value={one}>
              {sessionWord(one)}
            </option>
          ))}
        </Select>
        <Button
          aria-pressed={assignee === 'me'}
          className="h-9 aria-pressed:border-accent aria-pressed:bg-accent-soft"
          onClick={() =>
            void navigate({
              search: (old) => ({
                ...old,
                assignee: assignee === 'me' ? undefined : ('me' as const),
                cursor: undefined,
              }),
            })
          }
        >
          Assigned to me
        </Button>
      </div>
      <div className="panel overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={5} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            icon={<ClipboardCheck size={26} aria-hidden="true" />}
            title={narrowed ? 'No session matches' : 'No onboarding yet'}
            actions={
              narrowed ? (
                <Link to="/w/$ws/onboarding" params={{ ws }} search={{}} className="link">
                  Clear the filter
                </Link>
              ) : (
                begin
              )
            }
          >
            {narrowed
              ? 'No onboarding session has all of what the filter asks for.'
              : `Onboarding brings a tenant in, step by step: ${onboardingSteps
                  .map(({ label }) => label.toLowerCase())
                  .join(', ')}. Everything seen on the way is kept as evidence.`}
          </Notice>
        ) : (
          <ul aria-label="Onboarding sessions" className="divide-y divide-line">
            {rows.map((session) => (
              <SessionRow key={session.id} session={session} ws={ws} />
            ))}
          </ul>
        )}
      </div>
      <Pager cursor={cursor} next={query.data?.nextCursor} />
      {choosing && (
        <Suspense>
          <OnboardDialog ws={ws} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </Page>
  );
}
