import { type Capability, capabilities, type Role, roles } from '@signalbox/domain/access/capabilities';
import type { Person } from '@signalbox/domain/access/principal';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { joinAs } from '../join-as.ts';
import type { Answer, Call, TestApi } from '../test-api.ts';
import type { Things } from './kinds.ts';
import type { Request } from './request.ts';
import { makeOwn, makeThings } from './things.ts';

/** Words in everything that is made for one side; no answer to the other side may hold them. */
export const marks = { ours: 'plantedours', hidden: 'plantedhidden', theirs: 'plantedtheirs' } as const;

/** Who can call: nobody, a person with a session, or a program with a key. */
export type Caller = Pick<Call, 'as' | 'headers'>;

/** Two workspaces with one of each thing; the first has a second tenant, with one of each thing as well. */
export interface Stage {
  readonly roles: Readonly<Record<Role, { readonly caller: Caller; readonly things: Things }>>;
  /** Things of the first tenant. */
  readonly ours: Things;
  /** Things of the second tenant of the same workspace. */
  readonly hidden: Things;
  /** A manager who is entitled to the second tenant only. */
  readonly narrow: Caller;
  readonly narrowThings: Things;
  /** Somebody who was a member, with a session from that time. */
  readonly removed: Caller;
  /** The owner of the other workspace, and a key of it that may do everything. */
  readonly outsiders: Readonly<Record<'owner' | 'key', Caller>>;
  readonly theirs: Things;
  readonly otherOwner: Person;
  /** A key with these capabilities and no other. */
  keyWith(held: readonly Capability[]): Promise<Caller>;
}

/** Makes the stage of the grid. */
export async function setStage(api: TestApi): Promise<Stage> {
  const { id: workspaceId, members } = api.workspace;
  const { owner } = members;
  const other = await makeWorkspace(api.db, 'ws-other');
  const otherTenant = await makeTenant(api.db, other.id, { externalId: `tenant-${marks.theirs}` });
  const secondTenant = await makeTenant(api.db, workspaceId, { externalId: `tenant-${marks.hidden}` });
  const otherOwner = other.members.owner;
  const ours = await makeThings(api, { workspaceId, tenant: api.tenant, owner, mark: marks.ours });
  const hidden = await makeThings(api, { workspaceId, tenant: secondTenant, owner, mark: marks.hidden });
  const theirs = await makeThings(api, {
    workspaceId: other.id,
    tenant: otherTenant,
    owner: otherOwner,
    mark: marks.theirs,
  });
  const narrow = await joinAs(api, owner, { role: 'manager', tenants: [secondTenant.tenantId] });
  const removed = await joinAs(api, owner, { role: 'owner' });
  await api.call(`/v1/members/${removed.userId}`, { method: 'DELETE', as: owner });
  const otherKey = await makeKey(api, otherOwner, { name: 'all', capabilities });
  const keys = new Map<string, Promise<Caller>>();
  return {
    ours,
    hidden,
    theirs,
    otherOwner,
    roles: Object.fromEntries(
      await Promise.all(
        roles.map(async (role) => {
          const person = members[role];
          const own = await makeOwn(api, person, {
            ...{ workspaceId, mark: `own ${role}` },
            runId: Number(ours.run),
          });
          return [role, { caller: { as: person }, things: { ...ours, ...own } }];
        }),
      ),
    ) as Stage['roles'],
    narrow: { as: narrow },
    narrowThings: {
      ...hidden,
      ...(await makeOwn(api, narrow, {
        ...{ workspaceId, mark: 'own narrow' },
        runId: Number(hidden.run),
      })),
    },
    removed: { as: removed },
    outsiders: { owner: { as: otherOwner }, key: otherKey },
    keyWith(held) {
      const name = held.join();
      const known = keys.get(name);
      if (known !== undefined) return known;
      const made = makeKey(api, owner, { name: `key ${keys.size + 1}`, capabilities: held });
      keys.set(name, made);
      return made;
    },
  };
}

/** Sends a request of the grid. */
export function send(api: TestApi, caller: Caller, { path, call }: Request): Promise<Answer> {
  return api.call(path, { ...call, ...caller });
}

/** An answer without what differs between any two calls: ids that were just made, and moments. */
export function anonymous({ status, text }: Answer): string {
  const plain = text
    .replaceAll(/"requestId":"[^"]+"/g, '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'U')
    .replaceAll(/"codename":"[^"]+"/g, '');
  return `${status} ${plain}`;
}

async function makeKey(
  api: TestApi,
  owner: Person,
  body: { readonly name: string; readonly capabilities: readonly Capability[] },
): Promise<Caller> {
  const headers = { 'x-workspace-id': owner.workspaceId };
  const made = await api.call('/v1/api-keys', { method: 'POST', as: owner, headers, body });
  if (made.status !== 201) throw new Error(`No key was made: ${made.text}`);
  return { headers: { authorization: `Bearer ${made.body.key}` } };
}
