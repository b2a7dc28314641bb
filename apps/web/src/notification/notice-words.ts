import type { Notice } from './notices-query.ts';

/** What ended, in a few words. */
export function noticeTitle({ run }: Notice): string {
  return run.tenant === undefined ? run.operationLabel : `${run.operationLabel}, ${run.tenant.name}`;
}

/** The one step worth a link of its own: what mends it, or what its result is for. To repeat what went well is none. */
export function noticeStep({ nextSteps, href }: Notice): Notice['nextSteps'][number] | undefined {
  return nextSteps.find((step) => step.href !== undefined && step.href !== href && step.code !== 'replay');
}
