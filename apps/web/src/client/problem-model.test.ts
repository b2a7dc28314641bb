import { expect, it } from 'vitest';
import { faultOf } from './problem-model.ts';

const problem = {
  type: '/problems/forbidden',
  title: 'Forbidden',
  status: 403,
  detail: 'You lack run.cancel.',
  code: 'forbidden',
  shortReason: 'Capability missing',
  nextSteps: [],
  capability: 'run.cancel',
  requestId: 'req-1',
};

it.each([
  null,
  undefined,
  'text',
  7,
  new Error('x'),
  { data: null },
  { data: { problem: 'no' } },
  new TypeError('fetch'),
])('has an answer for anything thrown: %j', (error) => {
  const fault = faultOf(error);
  expect(fault.kind).toBe('offline');
  expect(fault.detail).not.toBe('');
});

it("shows the server's own words and keeps its request id", () => {
  const fault = faultOf({ data: { httpStatus: 403, problem } });
  expect(fault).toMatchObject({ kind: 'forbidden', title: 'Forbidden', detail: 'You lack run.cancel.' });
  expect(fault.problem?.requestId).toBe('req-1');
});

it.each([
  [401, 'signed-out', false],
  [404, 'not-found', false],
  [409, 'refused', false],
  [429, 'busy', true],
  [500, 'broken', true],
  [503, 'busy', true],
])('sorts status %d as %s', (httpStatus, kind, again) => {
  expect(faultOf({ data: { httpStatus } })).toMatchObject({ kind, again });
});
