import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import type { UsageReportRecord } from '@signalbox/db/queries/workspace/usage-report';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { projectUsage, quotaLevel } from '@signalbox/domain/workspace/quota';
import { periodEnd, runsPerMonth, tiers } from '@signalbox/domain/workspace/tiers';
import { moment, optionalMoment } from '../time.ts';

/** Usage of the month, with where it leads. */
export function presentUsageReport(
  record: UsageReportRecord,
  tierChangedBy: UsageReport['tierChangedBy'],
): UsageReport {
  const { workspace, quota, now } = record;
  const projection = projectUsage(quota, now);
  return {
    workspaceId: workspace.id,
    name: workspace.name,
    tier: workspace.tier,
    tierChangedBy,
    period: quota.period,
    now: moment(now),
    resetsAt: moment(periodEnd(quota.period)),
    runs: quota.current,
    limit: quota.limit,
    level: quotaLevel(quota),
    ...(projection !== null && {
      projection: {
        runsAtEnd: projection.runsAtEnd,
        ...optionalMoment('reachedAt', projection.reachedAt),
      },
    }),
    byDay: [...record.byDay],
    byMember: record.byMember.map(({ name, kind, runs }) => ({
      name,
      kind: kindOf(kind),
      runs,
    })),
    byOperation: record.byOperation.map(({ operation, runs }) => ({
      operation,
      label: operationLabel(operation),
      runs,
    })),
    counted: record.counted.map(({ day, name, kind, operation, runs }) => ({
      day,
      name,
      kind: kindOf(kind),
      operation,
      runs,
    })),
    refused: record.refused,
    limits: tiers.map((tier) => ({ tier, runsPerMonth: runsPerMonth[tier] })),
  };
}

function kindOf(kind: string): 'user' | 'api_key' {
  return kind === 'api_key' ? 'api_key' : 'user';
}
