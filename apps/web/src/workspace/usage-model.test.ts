import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import { expect, it } from 'vitest';
import { dayText, monthText, projectionText, tierEffect, usageCsv } from './usage-model.ts';

const usage: UsageReport = {
  workspaceId: 'ws-default',
  name: 'Default',
  tier: 'free',
  tierChangedBy: 'owner',
  period: '2026-11-01',
  now: '2026-11-20T12:00:00.000Z',
  resetsAt: '2026-12-01T00:00:00.000Z',
  runs: 4,
  limit: 10,
  level: 'within',
  byDay: [],
  byMember: [],
  byOperation: [],
  counted: [{ day: '2026-11-20', name: '=cmd()', kind: 'user', operation: 'deployment', runs: 4 }],
  refused: 0,
  limits: [
    { tier: 'free', runsPerMonth: 10 },
    { tier: 'pro', runsPerMonth: 1_000 },
  ],
};

it('names days and months of UTC, whatever the browser’s own time', () => {
  expect(dayText('2026-12-01T00:00:00.000Z')).toBe('1 December 2026');
  expect(dayText('2026-11-30T23:59:59.999Z')).toBe('30 November 2026');
  expect(monthText('2026-11-01')).toBe('November 2026');
});

it.each<[Partial<UsageReport>, string]>([
  [{ runs: 0 }, '10 runs are left.'],
  [{ runs: 9 }, '1 run is left. It is too early in the month to tell a pace.'],
  [{ projection: { runsAtEnd: 6 } }, '6 runs are left. At the pace so far the month ends at 6.'],
  [
    { projection: { runsAtEnd: 12, reachedAt: '2026-11-26T00:00:00.000Z' } },
    '6 runs are left. At the pace so far the limit is reached on 26 November 2026.',
  ],
  [{ runs: 11, level: 'reached' }, 'Nothing is left of this month’s runs.'],
])('tells where the month leads: %j', (part, sentence) => {
  expect(projectionText({ ...usage, ...part })).toBe(sentence);
});

it('says before a change of tier when it will refuse', () => {
  expect(tierEffect(usage, 1_000)).toContain('1,000 runs a month from the next run on');
  expect(tierEffect({ ...usage, runs: 12 }, 10)).toBe(
    '12 runs of this month are used, and the limit will be 10: deployments are refused until 1 December 2026.',
  );
});

it('gives a table in which a name is no formula', () => {
  expect(usageCsv(usage)).toBe(
    "day (UTC),by,kind,operation,runs\r\n2026-11-20,'=cmd(),user,deployment,4\r\n",
  );
});
