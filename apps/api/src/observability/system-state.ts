import type { Database } from '@signalbox/db/client/database';
import { systemReadings } from '@signalbox/db/queries/observability/system-readings';
import { workflowCounts } from '@signalbox/db/queries/provisioning/workflow-counts';
import { type HealthLevel, judgeHealth, type SystemHealth } from '@signalbox/domain/observability/health';
import { moment } from '../presenters/time.ts';
import { readHostLoad } from './host-load.ts';

/** What the state of the system is read from. */
export interface StateSources {
  readonly db: Database;
  /** The disk that holds it is the one that is looked at. */
  readonly directory: string;
}

/** `SystemHealthStatus` with all there is to say. A type, not an interface: it is sent as JSON. */
type HealthNow = {
  overall_status: HealthLevel;
  components: Record<string, string>;
  last_check: string;
};

/** `SystemMetrics` with all there is to say. */
type MetricsNow = {
  total_workflows: number;
  active_workflows: number;
  completed_workflows: number;
  failed_workflows: number;
  system_load: { cpu_usage: number; memory_usage: number; disk_usage: number };
};

/** How well each part of the system is, as it concerns a workspace. It answers also when the database does not. */
export async function judgeSystem(
  { db, directory }: StateSources,
  workspaceId: string,
): Promise<SystemHealth> {
  const [readings, load] = await Promise.all([systemReadings(db, workspaceId), readHostLoad(directory)]);
  return judgeHealth({
    database: readings?.databaseMs ?? null,
    workers: readings?.workersAlive ?? null,
    queue: readings?.oldestDueSeconds ?? null,
    versions: readings?.versions ?? null,
    processor: load.processor,
    memory: load.memory,
    disk: load.disk,
  });
}

/** How well the system is, in the words of the provisioning contract. */
export async function readSystemHealth(sources: StateSources, workspaceId: string): Promise<HealthNow> {
  const { overall, components } = await judgeSystem(sources, workspaceId);
  return {
    overall_status: overall,
    components: Object.fromEntries(components.map(({ component, text }) => [component, text])),
    last_check: moment(new Date()),
  };
}

/** How much a workspace has under way, and the load of this machine. */
export async function readSystemMetrics(
  { db, directory }: StateSources,
  workspaceId: string,
): Promise<MetricsNow> {
  const [counts, load] = await Promise.all([
    db.inWorkspace(workspaceId, workflowCounts),
    readHostLoad(directory),
  ]);
  return {
    total_workflows: counts.total,
    active_workflows: counts.active,
    completed_workflows: counts.completed,
    failed_workflows: counts.failed,
    system_load: {
      cpu_usage: tenths(load.processor),
      memory_usage: Math.round(load.memoryBytes / 1_048_576),
      disk_usage: tenths(load.disk ?? 0),
    },
  };
}

function tenths(percent: number): number {
  return Math.min(100, Math.max(0, Math.round(percent * 10) / 10));
}
