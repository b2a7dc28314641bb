import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestOperation } from '../../src/openapi/operations.ts';
import { type BlindApi, startBlindApi } from '../support/grid/blind-api.ts';
import { nameOf, operations, type Position, positionsOf } from '../support/grid/positions.ts';
import { recipes } from '../support/grid/recipes.ts';
import { type Request, requestOf } from '../support/grid/request.ts';
import { marks, type Stage, send, setStage } from '../support/grid/stage.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

// Two walls stand between workspaces: what the API asks, and row-level security. Each holds without the other.
let api: TestApi;
let stage: Stage;
let blind: BlindApi;

beforeAll(async () => {
  api = await startTestApi();
  stage = await setStage(api);
  blind = await startBlindApi(api, { believed: api.workspace.id, actual: 'ws-other' });
}, 60_000);
afterAll(async () => {
  await blind.close();
  await api.close();
});

const closed = operations.filter(
  // What is about the caller's own account is the same in every workspace.
  ({ facts }) => facts.security !== 'none' && recipes[facts.operationId]?.needs !== 'own',
);
const naming = closed.filter((operation) => positionsOf(operation).some(({ refers }) => !refers));
const by = (operation: RestOperation): [string, RestOperation] => [operation.facts.operationId, operation];

/** The requests of an operation that name ours: all at once, and one place after the other. */
function requestsOf(operation: RestOperation): Request[] {
  const { ours, theirs } = stage;
  const one = (position: Position) =>
    requestOf(operation, { things: theirs, instead: [{ position, value: ours[position.kind] }] });
  return [requestOf(operation, { things: ours }), ...positionsOf(operation).map(one)];
}

/** Sends a request of an outsider to the API without checks; answers its text. */
async function askBlindly({ path, call }: Request): Promise<string> {
  const json = call.body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${blind.url}${path}`, {
    method: call.method ?? 'GET',
    headers: { ...json, authorization: `Bearer ${await api.token(stage.otherOwner)}` },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  });
  return response.text();
}

/** What only our workspace holds: the words planted in every text, and all its uuids, but for those a request names. */
async function tellTales(requests: readonly Request[]): Promise<string[]> {
  const asked = JSON.stringify(requests);
  const uids = await withAdmin(
    api.databaseUrl,
    (sql) => sql<{ uid: string }[]>`
      select uid from runs where workspace_id = ${api.workspace.id}
      union all select uid from plans where workspace_id = ${api.workspace.id}`,
  );
  const words = [marks.ours, marks.hidden, 'contoso', 'own viewer', ...uids.map(({ uid }) => uid)];
  return words.filter((word) => !asked.includes(word));
}

/** A digest of every row of our workspace in every table. */
async function digest(): Promise<Record<string, string>> {
  return withAdmin(api.databaseUrl, async (sql) => {
    const tables = await sql<{ name: string; column: string }[]>`
      select c.relname as name, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
        and (a.attname = 'workspace_id' or (c.relname = 'workspaces' and a.attname = 'id'))`;
    const digests: Record<string, string> = {};
    for (const { name, column } of tables) {
      const [row] = await sql<{ digest: string }[]>`
        select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
        from ${sql(name)} t where ${sql(column)} = ${api.workspace.id}`;
      digests[name] = row?.digest ?? '';
    }
    return digests;
  });
}

describe('with the checks of the API switched off', () => {
  it.each(closed.map(by))('row-level security alone shows and changes nothing: %s', async (_, operation) => {
    const before = await digest();
    expect(Object.values(before).filter((each) => !each.startsWith('0:')).length).toBeGreaterThan(12);
    const requests = requestsOf(operation);
    const words = await tellTales(requests);
    for (const request of requests) {
      const text = await askBlindly(request);
      for (const word of words) expect(text, word).not.toContain(word);
    }
    expect(await digest()).toEqual(before);
  });
});

describe('with row-level security switched off', () => {
  beforeAll(() =>
    withAdmin(api.databaseUrl, async (sql) => {
      const tables = await sql<{ name: string }[]>`
        select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`;
      for (const { name } of tables) await sql`alter table ${sql(name)} disable row level security`;
    }),
  );

  const named = naming.flatMap(positionsOf).filter(({ refers }) => !refers);

  it.each(named.map((position) => [nameOf(position), position] as const))(
    'the API alone is 404 to an outsider: %s',
    async (_, position) => {
      const instead = [{ position, value: stage.ours[position.kind] }];
      const request = requestOf(position.operation, { things: stage.theirs, instead });
      expect((await send(api, stage.outsiders.owner, request)).status).toBe(404);
    },
  );

  it.each(closed.filter((operation) => !naming.includes(operation)).map(by))(
    'the API alone tells an outsider nothing of ours: %s',
    async (_, operation) => {
      const before = await digest();
      const request = requestOf(operation, { things: stage.theirs });
      const { text } = await send(api, stage.outsiders.owner, request);
      for (const word of await tellTales([request])) expect(text, word).not.toContain(word);
      expect(await digest()).toEqual(before);
    },
  );

  it('without either wall the same questions leak, so each of the tests above looks where something is', async () => {
    const reads = naming.filter(({ facts }) => facts.method === 'GET');
    const leaks: string[] = [];
    for (const operation of reads) {
      const request = requestOf(operation, { things: stage.ours });
      const text = await askBlindly(request);
      const words = await tellTales([request]);
      if (words.some((word) => text.includes(word))) leaks.push(operation.facts.operationId);
    }
    expect(leaks).toEqual(expect.arrayContaining(['readRun', 'getTenant', 'getConnection', 'getBackupSet']));
    expect(leaks.length).toBeGreaterThanOrEqual(8);
  });
});
