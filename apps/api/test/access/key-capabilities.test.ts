import {
  type Capability,
  capabilities,
  leastRoleOf,
  type Role,
  roles,
} from '@signalbox/domain/access/capabilities';
import { makeApiKey } from '@signalbox/testing/fixtures/api-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestOperation, restOperations } from '../../src/openapi/operations.ts';
import { appRouter } from '../../src/router.ts';
import { ask, grid, type Ids, makeThings, type Position, unknown } from '../support/grid.ts';
import { type Answer, startTestApi, type TestApi } from '../support/test-api.ts';

/** Operations of every caller, whatever they may do. */
const free = new Set(['getCaller']);

const operations = restOperations(appRouter);
/** Those that name something are asked the way the grid does; another test sees to it that they all are there. */
const askable = operations.filter(
  ({ facts, pathNames }) => pathNames.length === 0 || Object.hasOwn(grid, facts.operationId),
);
const ofCallers = askable.filter(({ facts }) => facts.security === 'caller' && !free.has(facts.operationId));
const ofPeople = askable.filter(({ facts }) => facts.security === 'person');
const names = (list: readonly RestOperation[]) => list.map(({ facts }) => facts.operationId);

let api: TestApi;
let own: Ids;
/** The text of a key with these capabilities, made once. */
let keyWith: (held: readonly Capability[]) => Promise<string>;

beforeAll(async () => {
  api = await startTestApi();
  own = await makeThings(api);
  const made = new Map<string, Promise<string>>();
  keyWith = (held) => {
    const name = held.join();
    const key =
      made.get(name) ??
      makeApiKey(api.db, api.workspace.members.owner, { capabilities: held }).then(({ text }) => text);
    made.set(name, key);
    return key;
  };
});
afterAll(() => api.close());

/** Asks with a key; a body that is wrong as well must not be heard of before the capability. */
function askWith(name: string, key: string, ids: Ids = own): Promise<Answer> {
  if (Object.hasOwn(grid, name)) return ask(api, name, { ids, key });
  const { facts } = operations.find((each) => each.facts.operationId === name) as RestOperation;
  const body = facts.body === 'none' ? {} : { body: {} };
  return api.call(facts.path, { method: facts.method, key, ...body });
}

/** The capability a refusal names, after a look that holding everything else changes nothing about it. */
async function refusedFor(name: string, held: readonly Capability[]): Promise<Capability | null> {
  const { status, body } = await askWith(name, await keyWith(held));
  if (status !== 403) return null;
  const needed = capabilities.find((each) => each === body.capability);
  if (needed === undefined) throw new Error(`A refusal names no capability: ${JSON.stringify(body)}`);
  const others = await askWith(name, await keyWith(capabilities.filter((each) => each !== needed)));
  expect([others.status, others.body.capability]).toEqual([403, needed]);
  return needed;
}

it.each(names(ofCallers))('%s is 403 to a key without a capability that it names', async (name) => {
  expect(await refusedFor(name, [])).not.toBeNull();
});

describe.each(names(ofPeople))('%s is for people', (name) => {
  it('and refuses a key that holds everything, the same for what is there and what is not', async () => {
    const key = await keyWith(capabilities);
    for (const ids of [own, unknown]) {
      const refused = await askWith(name, key, ids);
      expect([refused.status, refused.body.code]).toEqual([403, 'person_required']);
    }
  });
});

// Last, since it does what it asks for.
it.each(names(ofCallers))('%s is done for a key that holds what was named and nothing else', async (name) => {
  const needed: Capability[] = [];
  for (;;) {
    const more = await refusedFor(name, needed);
    if (more === null) break;
    expect(needed).not.toContain(more);
    needed.push(more);
  }
  expect((await askWith(name, await keyWith(needed))).status).not.toBe(401);
  const position = grid[name];
  if (position === undefined) return;
  const least = roles.filter((role) => needed.some((each) => leastRoleOf(each) === role)).at(-1);
  expect(least).toBe(leastIn(position));
});

function leastIn({ owner, manager, operator }: Position): Role {
  if (owner) return 'owner';
  return manager ? 'manager' : operator ? 'operator' : 'viewer';
}
