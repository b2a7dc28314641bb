import type { Role } from '@signalbox/domain/access/capabilities';
import type { Person } from '@signalbox/domain/access/principal';
import { makeUser } from '@signalbox/testing/fixtures/workspace';
import type { TestApi } from './test-api.ts';

/** Lets somebody in through the front door: an owner invites, the person joins with their own account. */
export async function joinAs(
  api: TestApi,
  owner: Person,
  place: {
    readonly role: string;
    readonly tenants?: readonly number[];
    /** Who comes in; somebody new when left out. */
    readonly person?: Person;
    readonly workspaceId?: string;
  },
): Promise<Person> {
  const { role, tenants, workspaceId = api.workspace.id } = place;
  const user = place.person ?? (await makeUser(api.db, role));
  const person: Person = {
    userId: user.userId,
    username: user.username,
    workspaceId,
    role: role as Role,
    tenants: tenants ?? 'all',
  };
  const invited = await api.call('/v1/invitations', {
    method: 'POST',
    as: owner,
    headers: { 'x-workspace-id': workspaceId },
    body: { email: 'guest@example.org', role, tenants: tenants ?? 'all' },
  });
  if (invited.status !== 201) throw new Error(`Nobody was invited: ${invited.text}`);
  const secret = invited.body.link.split('#')[1];
  const joined = await api.call('/v1/invitations/join', { method: 'POST', as: person, body: { secret } });
  if (joined.status !== 201) throw new Error(`Nobody joined: ${joined.text}`);
  return person;
}
