import { capabilities, roleHolds, roles } from '@signalbox/domain/access/capabilities';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestOperation } from '../../src/openapi/operations.ts';
import { rule } from '../support/grid/kinds.ts';
import { nameOf, operations, type Position, positionsOf } from '../support/grid/positions.ts';
import { openToAll, recipes } from '../support/grid/recipes.ts';
import { requestOf, unknownThings } from '../support/grid/request.ts';
import { anonymous, type Caller, type Stage, send, setStage } from '../support/grid/stage.ts';
import { type Answer, startTestApi, type TestApi } from '../support/test-api.ts';

// Every operation the server serves, every place in its path, query and body where something is named, and everybody
// who may ask. The operations and their places are read off the router; nothing is listed by hand but what they need.
let api: TestApi;
let stage: Stage;

beforeAll(async () => {
  api = await startTestApi();
  stage = await setStage(api);
}, 60_000);
afterAll(() => api.close());

const closed = operations.filter(({ facts }) => facts.security !== 'none');
const positions = closed.flatMap((operation) => {
  // What cannot be placed is told by the first test, and not by a file that cannot be read.
  try {
    return positionsOf(operation);
  } catch {
    return [];
  }
});
const named = positions.filter(({ refers }) => !refers);
const referred = positions.filter(({ refers }) => refers);
const needsOf = ({ facts }: RestOperation) => recipes[facts.operationId]?.needs ?? 'own';

const by = (operation: RestOperation): [string, RestOperation] => [operation.facts.operationId, operation];
const at = (position: Position): [string, Position] => [nameOf(position), position];
const nonsense = true;

describe('the grid is whole', () => {
  it('every operation of the API has a recipe, and every place that names something is understood', () => {
    for (const operation of operations) {
      const { operationId, security } = operation.facts;
      const known = security === 'none' ? openToAll[operationId] : recipes[operationId];
      expect(
        known,
        `${operationId} is not in the grid. Add it to test/support/grid/recipes.ts: the capability it needs and, if it takes one, a body that works; or to openToAll with the reason.`,
      ).toBeDefined();
      expect(() => positionsOf(operation)).not.toThrow();
    }
    expect(positions.length).toBeGreaterThan(60);
  });

  it('nothing in the grid is gone from the API', () => {
    const served = new Set(operations.map(({ facts }) => facts.operationId));
    expect(Object.keys({ ...recipes, ...openToAll }).filter((name) => !served.has(name))).toEqual([]);
  });
});

describe('nobody', () => {
  it.each(closed.map(by))('is 401 at %s, whatever else is wrong', async (_, operation) => {
    for (const things of [stage.ours, unknownThings]) {
      expect((await send(api, {}, requestOf(operation, { things, nonsense }))).status).toBe(401);
    }
  });
});

describe('somebody of another workspace', () => {
  it.each(named.map(at))('gets the same 404 for what is there and what is not: %s', async (_, position) => {
    for (const caller of Object.values(stage.outsiders)) {
      if (caller === stage.outsiders.key && position.operation.facts.security === 'person') continue;
      for (const worse of [true, false]) {
        await expectUnknown(caller, position, { own: stage.theirs, foreign: stage.ours, worse });
      }
    }
  });

  it.each(referred.map(at))('learns nothing by referring to what is ours: %s', async (_, position) => {
    await expectSame(stage.outsiders.owner, position, { own: stage.theirs, foreign: stage.ours });
  });

  it.each(closed.map(by))('is 404 when they select this workspace: %s', async (_, operation) => {
    for (const caller of Object.values(stage.outsiders)) {
      const headers = { ...caller.headers, 'x-workspace-id': api.workspace.id };
      const request = requestOf(operation, { things: stage.ours, nonsense });
      expect((await send(api, { ...caller, headers }, request)).status).toBe(404);
    }
  });
});

describe('somebody who was removed', () => {
  it.each(closed.filter((operation) => needsOf(operation) !== 'own').map(by))(
    'is 404 at %s, with the session they had',
    async (_, operation) => {
      const request = requestOf(operation, { things: stage.ours, nonsense });
      expect((await send(api, stage.removed, request)).status).toBe(404);
    },
  );
});

describe('a member with other tenants only', () => {
  const hiding = ({ kind }: Position) => rule(kind).ofTenant === true;

  it.each(named.filter(hiding).map(at))('gets the same 404 as for nothing: %s', async (_, position) => {
    const { narrow, narrowThings: own, ours: foreign } = stage;
    for (const worse of [true, false]) await expectUnknown(narrow, position, { own, foreign, worse });
  });

  it.each(referred.filter(hiding).map(at))('learns nothing by referring: %s', async (_, position) => {
    const { narrow, narrowThings: own, ours: foreign } = stage;
    await expectSame(narrow, position, { own, foreign });
  });
});

describe('each role', () => {
  const rows = closed.flatMap((operation) => {
    const needs = needsOf(operation);
    return needs === 'own' ? [] : [[operation.facts.operationId, { operation, needs }] as const];
  });

  it.each(rows)(
    'is 403 naming the capability, or gets as far as 400: %s',
    async (_, { operation, needs }) => {
      for (const role of roles) {
        const { caller, things } = stage.roles[role];
        const answer = await send(api, caller, requestOf(operation, { things, nonsense }));
        if (roleHolds(role, needs)) {
          expect(answer.status, `${role}: ${answer.text}`).toBe(400);
        } else {
          expect(answer, role).toMatchObject({ status: 403, body: { capability: needs } });
          expect(answer.body.detail).toContain(needs);
        }
      }
    },
  );

  it.each(named.filter(({ operation }) => needsOf(operation) !== 'own').map(at))(
    'is 404 before 403: %s',
    async (_, position) => {
      const { caller, things } = stage.roles.viewer;
      const instead = [{ position, value: unknownThings[position.kind] }];
      const request = requestOf(position.operation, { things, instead, nonsense });
      expect((await send(api, caller, request)).status).toBe(404);
    },
  );
});

describe('an API key', () => {
  it.each(closed.filter((operation) => needsOf(operation) !== 'own').map(by))(
    'without the one capability is 403 at %s, and with nothing else it is enough',
    async (_, operation) => {
      const needs = needsOf(operation);
      if (needs === 'own') return;
      const { also = [], person: behind = false } = recipes[operation.facts.operationId] ?? {};
      const request = requestOf(operation, { things: stage.ours, nonsense });
      for (const lacking of [needs, ...also]) {
        const without = await stage.keyWith(capabilities.filter((each) => each !== lacking));
        const person = operation.facts.security === 'person';
        const body = person ? { code: 'person_required' } : { code: 'forbidden', capability: lacking };
        expect(await send(api, without, request)).toMatchObject({ status: 403, body });
      }
      if (operation.facts.security === 'person') return;
      const enough = await send(api, await stage.keyWith([needs, ...also]), request);
      if (behind) expect(enough).toMatchObject({ status: 403, body: { code: 'person_required' } });
      else expect(enough.status, enough.text).toBe(400);
    },
  );

  it.each(closed.filter(({ facts }) => facts.security === 'person').map(by))(
    'cannot be a person: %s',
    async (_, operation) => {
      const answer = await send(
        api,
        stage.outsiders.key,
        requestOf(operation, { things: stage.theirs, nonsense }),
      );
      expect(answer).toMatchObject({ status: 403, body: { code: 'person_required' } });
    },
  );
});

describe('two things that do not belong together', () => {
  const pairs = closed.flatMap((operation) => {
    const mine = named.filter((each) => each.operation === operation && rule(each.kind).ofTenant === true);
    return mine.flatMap((first, index) => mine.slice(index + 1).map((second) => [first, second] as const));
  });

  it.each(pairs.map((pair) => [`${nameOf(pair[0])} with ${pair[1].pointer.join('.')}`, pair] as const))(
    'are 404, though both may be seen: %s',
    async (_, [first, second]) => {
      const { caller, things } = stage.roles.owner;
      for (const [one, other] of [
        [stage.ours, stage.hidden],
        [stage.hidden, stage.ours],
      ] as const) {
        const instead = [
          { position: first, value: one[first.kind] },
          { position: second, value: other[second.kind] },
        ];
        const request = requestOf(first.operation, { things, instead, nonsense });
        expect((await send(api, caller, request)).status).toBe(404);
      }
    },
  );

  it('there are such pairs', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(3);
  });
});

interface Sides {
  /** What the caller may see: everything else in the request. */
  readonly own: Stage['ours'];
  readonly foreign: Stage['ours'];
  readonly worse?: boolean;
}

/** The answer for a foreign thing is the 404 for an unknown one, byte for byte but the request id. */
async function expectUnknown(caller: Caller, position: Position, { own, foreign, worse }: Sides) {
  const [there, nowhere] = await both(caller, position, { own, foreign, worse: worse ?? false });
  expect(there.status, there.text).toBe(404);
  expect(anonymous(there)).toBe(anonymous(nowhere));
}

/** The answer for a foreign thing is that for an unknown one, apart from what was newly made. */
async function expectSame(caller: Caller, position: Position, { own, foreign }: Sides) {
  const [there, nowhere] = await both(caller, position, { own, foreign, worse: false });
  const plain = (answer: Answer) => anonymous(answer).replaceAll(`"id":${answer.body?.run?.id},`, '"id":N,');
  expect(plain(there)).toBe(plain(nowhere));
}

async function both(caller: Caller, position: Position, { own, foreign, worse }: Required<Sides>) {
  const { operation, kind } = position;
  const ask = async (value: string | number) => {
    const instead = [{ position, value }];
    const answer = await send(api, caller, requestOf(operation, { things: own, instead, nonsense: worse }));
    // What was started must not stand in the way of the second question.
    const started = answer.status === 201 ? answer.body?.run?.id : undefined;
    if (started !== undefined) await api.call(`/v1/runs/${started}/cancel`, { method: 'POST', ...caller });
    return answer;
  };
  return [await ask(foreign[kind]), await ask(unknownThings[kind])] as const;
}
