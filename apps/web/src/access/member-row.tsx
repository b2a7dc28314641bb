import type { Member } from '@signalbox/contracts/access/member';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import { ActionButton } from '../run/action-button.tsx';
import { Time } from '../ui/time.tsx';

/** Why a button about members cannot be used by whoever does not manage them. */
export const lackingManage = 'You lack the capability member.manage.';

/** Which tenants somebody sees, in a few words; names where they fit. */
export function TenantsText({ tenants }: { tenants: Member['tenants'] }) {
  if (tenants === 'all') return 'All tenants';
  if (tenants.length === 0) return 'No tenant that you see';
  const names = tenants.map(({ name }) => name).join(', ');
  return (
    <span className="line-clamp-2" title={names}>
      {names}
    </span>
  );
}

function SecondFactor({ on }: { on: boolean }) {
  const Icon = on ? ShieldCheck : ShieldOff;
  return (
    <span className={`inline-flex items-center gap-1.5 ${on ? 'text-clear' : 'text-muted'}`}>
      <Icon size={15} aria-hidden="true" />
      {on ? 'Second factor' : 'Password only'}
    </span>
  );
}

interface MemberRowProps {
  member: Member;
  self: boolean;
  manage: boolean;
  onDeed: (deed: 'change' | 'remove') => void;
}

/** One member: who, as what, where, how safely, and what can be done about it. */
export function MemberRow({ member, self, manage, onDeed }: MemberRowProps) {
  const { username, email, role, tenants, since, secondFactor, lastSeenAt } = member;
  const refused = manage ? null : lackingManage;
  return (
    <li className="grid items-center gap-x-6 gap-y-1.5 px-4 py-2.5 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_7rem_auto] lg:grid-cols-[minmax(0,1.4fr)_6rem_minmax(0,1fr)_9rem_11rem_auto]">
      <div className="min-w-0">
        <p className="truncate font-medium">
          {username}
          {self && <span className="ml-2 text-xs font-normal text-faint">you</span>}
        </p>
        {email !== undefined && <p className="truncate text-sm text-muted">{email}</p>}
      </div>
      <span className="text-sm">{role}</span>
      <span className="min-w-0 text-sm text-muted max-lg:order-1 max-lg:col-span-full">
        <TenantsText tenants={tenants} />
      </span>
      <span className="text-sm max-lg:order-1 max-lg:col-span-full">
        {secondFactor === undefined ? '' : <SecondFactor on={secondFactor} />}
      </span>
      <span className="text-sm text-muted max-lg:order-1 max-lg:col-span-full">
        {lastSeenAt === undefined ? (
          <>
            Since <Time at={since} />
          </>
        ) : lastSeenAt === null ? (
          'Never signed in'
        ) : (
          <>
            Last seen <Time at={lastSeenAt} />
          </>
        )}
      </span>
      <span className="flex gap-1.5 max-sm:order-2">
        <ActionButton refused={refused} aria-label={`Change ${username}`} onClick={() => onDeed('change')}>
          Change
        </ActionButton>
        <ActionButton refused={refused} aria-label={`Remove ${username}`} onClick={() => onDeed('remove')}>
          Remove
        </ActionButton>
      </span>
    </li>
  );
}
