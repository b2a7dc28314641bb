import type { Member } from '@signalbox/contracts/access/member';
import type { MemberRecord } from '@signalbox/db/queries/access/members';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { moment } from '../time.ts';

/** A member as the caller may see them: what is personal only to those who manage members. */
export function presentMember(record: MemberRecord, principal: Principal): Member {
  const { id, uid, username, role, tenants, since, email, secondFactor, lastSeenAt } = record;
  return {
    id,
    uid,
    username,
    role,
    tenants: tenants === 'all' ? 'all' : [...tenants],
    since: moment(since),
    ...(holds(principal, 'member.manage') && {
      email,
      secondFactor,
      lastSeenAt: lastSeenAt === null ? null : moment(lastSeenAt),
    }),
  };
}
