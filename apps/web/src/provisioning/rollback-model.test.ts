import { expect, it } from 'vitest';
import { comparedOf, toggleCompared } from './checkpoint-choice.ts';
import { aimOf, readOperations } from './rollback-aim.ts';
import { rollbackAgain, rollbackOf } from './rollback-links.ts';
import { confirmWord, driftOf, pulledIn, usualText } from './rollback-model.ts';
import { rollbackSearch } from './rollback-search.ts';

const batch = '01a208f2-5de1-7631-aae8-8c495e86b1b3';
const other = '01a208f2-5de1-7631-aae8-8c495e86b1b4';

it('reads from the address what is to be undone: a checkpoint or operations, and never both', () => {
  const read = (search: object) => aimOf(rollbackSearch.parse(search));
  expect(read({})).toEqual({ by: 'checkpoint', aim: null });
  expect(read({ checkpoint: batch })).toEqual({ by: 'checkpoint', aim: { checkpointId: batch } });
  const named = { operations: [`${batch}/web`, 'db'] };
  expect(read({ operations: `${batch}/web,db,db, ` })).toEqual({ by: 'operations', aim: named });
  expect(read({ operations: 'web', checkpoint: batch }).by).toBe('checkpoint');
  expect(read({ by: 'operations', checkpoint: batch })).toEqual({ by: 'operations', aim: null });
  expect(read({ checkpoint: 'x', by: 1, operations: 5, runs: 'x' })).toEqual({ by: 'checkpoint', aim: null });
  expect(readOperations(Array.from({ length: 500 }, (_, at) => `op-${at}`).join(','))).toHaveLength(200);
});

it('counts each resource once in what has changed, however often it did', () => {
  const step = (name: string, kind: 'server' | 'taskserv' = 'server', infra = 'demo') => ({
    infra,
    kind,
    name,
  });
  expect(driftOf([step('a'), step('a'), step('a', 'taskserv'), step('z', 'server', 'blue')])).toEqual([
    { infra: 'blue', what: '1 server' },
    { infra: 'demo', what: '1 server, 1 task service' },
  ]);
  expect(pulledIn([{ because: 0 }, {}, { because: 4 }])).toBe(2);
});

it('asks for the name of the checkpoint, and else for how many changes go', () => {
  const preview = { steps: [], infras: [], possible: 7, impossible: 0 };
  expect(confirmWord(preview)).toBe('7');
  expect(confirmWord({ ...preview, checkpoint: { id: batch, name: 'before' } })).toBe('before');
  expect([0, 40, 150, 7_200].map(usualText)).toEqual(['about 1 s', 'about 40 s', 'about 3 min', 'about 2 h']);
});

it('takes the first of three checkpoints out of a comparison', () => {
  const third = `${batch.slice(0, -1)}5`;
  expect(toggleCompared(undefined, batch)).toBe(batch);
  expect(toggleCompared(`${batch},${other}`, third)).toBe(`${other},${third}`);
  expect(toggleCompared(batch, batch)).toBeUndefined();
  expect(comparedOf(`${batch},${batch}`)).toEqual([batch]);
});

it('leads from what a rollback left standing to the same aim again', () => {
  const target = { kind: 'checkpoint', afterSeq: 3, checkpointId: batch };
  expect(rollbackAgain({ target }, 'w')).toBe(`/w/w/rollback?checkpoint=${batch}`);
  expect(rollbackAgain({ target: { kind: 'runs', runIds: [3, 4] } }, 'w')).toBe('/w/w/rollback?runs=3,4');
  expect(rollbackAgain({ target: { kind: 'checkpoint', afterSeq: 3 } }, 'w')).toBeNull();
  expect(rollbackAgain(null, 'w')).toBeNull();
  const run = { uid: batch, status: 'partial', input: { target } };
  expect(rollbackOf({ ...run, operation: 'create_servers' }, 'w')).toBe(`/w/w/rollback?operations=${batch}`);
  expect(rollbackOf({ ...run, operation: 'provisioning_rollback' }, 'w')).toMatch(/checkpoint=/);
  expect(rollbackOf({ ...run, operation: 'provisioning_rollback', status: 'succeeded' }, 'w')).toBeNull();
  expect(rollbackOf({ ...run, operation: 'snapshot_capture' }, 'w')).toBeNull();
});
