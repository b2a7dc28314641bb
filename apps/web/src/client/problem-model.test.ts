import { expect, it } from 'vitest';
import { ForeignAnswer } from './foreign-answer.ts';
import { asksAgainUnseen, faultOf, quotaOf } from './problem-model.ts';

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
  [400, 'refused', false],
  [401, 'signed-out', false],
  [402, 'quota', false],
  [403, 'forbidden', false],
  [404, 'not-found', false],
  [409, 'conflict', false],
  [413, 'refused', false],
  [422, 'conflict', false],
  [429, 'busy', true],
  [500, 'broken', true],
  [503, 'busy', true],
])('sorts status %d as %s', (httpStatus, kind, again) => {
  expect(faultOf({ data: { httpStatus } })).toMatchObject({ kind, again });
});

it('tells an answer of a proxy in between from no answer at all', () => {
  expect(faultOf({ cause: new ForeignAnswer(502) }).kind).toBe('broken');
  expect(faultOf({ cause: new TypeError('fetch failed') }).kind).toBe('offline');
});

it.each([
  ['/problems/forbidden', '/problems/forbidden'],
  ['https://evil.test/problems/forbidden', null],
  ['//evil.test', null],
  ['/problems/../sign-in', null],
  ['about:blank', null],
])('takes %j as the page of a problem only where it is one of the server', (type, page) => {
  expect(faultOf({ data: { problem: { ...problem, type } } }).page).toBe(page);
});

it.each([
  [12, 12],
  [-3, 0],
  [Number.NaN, null],
  ['12', null],
  [undefined, null],
])('takes %j as the seconds to wait only where it is a number', (retryAfterSeconds, waitSeconds) => {
  expect(faultOf({ data: { problem: { ...problem, status: 429, retryAfterSeconds } } }).waitSeconds).toBe(
    waitSeconds,
  );
});

it('reads the numbers of a used-up quota and nothing out of anything else', () => {
  const { problem: quota } = faultOf({
    data: { problem: { ...problem, status: 402, quota: { current: 10, limit: 10, period: '2026-11-01' } } },
  });
  expect(quotaOf(quota)).toEqual({ current: 10, limit: 10, period: '2026-11-01' });
  for (const hostile of [null, 7, 'text', {}, { current: '1', limit: 2 }]) {
    expect(quotaOf({ ...problem, quota: hostile })).toBeNull();
  }
  expect(quotaOf(null)).toBeNull();
});

it('asks again unseen what only needs a moment, a few times, and never against the will of the server', () => {
  const broken = { data: { httpStatus: 500 } };
  expect([0, 1, 2, 3].map((failures) => asksAgainUnseen(failures, broken))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  const throttled = { data: { problem: { ...problem, status: 429, retryAfterSeconds: 12 } } };
  expect(asksAgainUnseen(0, throttled)).toBe(false);
  expect(asksAgainUnseen(0, { data: { httpStatus: 404 } })).toBe(false);
});

it('reads a problem that was told outside a call, and takes nothing else for one', () => {
  const told = { ...problem, status: 400, code: 'malformed_request', title: 'Malformed request' };
  expect(faultOf({ cause: new ForeignAnswer(400, told) })).toMatchObject({
    kind: 'refused',
    title: 'Malformed request',
    again: false,
  });
  expect(faultOf({ cause: new ForeignAnswer(502, '<html>') })).toMatchObject({
    kind: 'broken',
    problem: null,
  });
});
