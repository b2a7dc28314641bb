import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import { type CsvColumn, csvTable } from '../ui/csv.ts';

const dates = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `1 December 2026`, in UTC: quota knows no other day. */
export function dayText(at: string): string {
  return dates.format(new Date(at));
}

/** `November 2026`. */
export function monthText(period: string): string {
  return months.format(new Date(period));
}

/** Where the month leads, as one sentence. */
export function projectionText({ runs, limit, level, projection }: UsageReport): string {
  if (level === 'reached') return 'Nothing is left of this month’s runs.';
  const left = limit - runs;
  const has = `${left.toLocaleString('en')} ${left === 1 ? 'run is' : 'runs are'} left.`;
  if (projection === undefined)
    return runs === 0 ? has : `${has} It is too early in the month to tell a pace.`;
  const end = projection.runsAtEnd.toLocaleString('en');
  if (projection.reachedAt !== undefined)
    return `${has} At the pace so far the limit is reached on ${dayText(projection.reachedAt)}.`;
  return `${has} At the pace so far the month ends at ${end}.`;
}

/** What happens at the limit, in words. */
export const atTheLimit =
  'At the limit, creating or replaying a deployment is refused (402) until the first of the next month in UTC, or until the tier is raised. Nothing that was created is lost, and all other work goes on.';

/** What a move to another tier means, before it is made. */
export function tierEffect({ runs, resetsAt }: UsageReport, limit: number): string {
  if (runs < limit) {
    return `The limit is ${limit.toLocaleString('en')} runs a month from the next run on. ${runs} of this month are used.`;
  }
  return `${runs} runs of this month are used, and the limit will be ${limit.toLocaleString('en')}: deployments are refused until ${dayText(resetsAt)}.`;
}

type Counted = UsageReport['counted'][number];
const columns: readonly CsvColumn<Counted>[] = [
  ['day (UTC)', ({ day }) => day],
  ['by', ({ name }) => name],
  ['kind', ({ kind }) => kind],
  ['operation', ({ operation }) => operation],
  ['runs', ({ runs }) => runs],
];

/** Every counted run by day, person and operation, for a spreadsheet. */
export function usageCsv({ counted }: Pick<UsageReport, 'counted'>): string {
  return csvTable(columns, counted);
}
