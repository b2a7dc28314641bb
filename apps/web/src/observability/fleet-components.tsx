import type { FleetComponent } from '@signalbox/contracts/observability/get-fleet';
import { HealthSign } from './health-sign.tsx';

const names: Record<FleetComponent['component'], string> = {
  database: 'Database',
  workers: 'Workers',
  queue: 'Queue',
  versions: 'Versions',
  processor: 'Processor',
  memory: 'Memory',
  disk: 'Disk',
};

/** What was read, in words: a count stands before what it counts, a measure after. */
function reading({ value, what, unit }: FleetComponent): string {
  if (value === null) return 'It could not be read';
  if (unit === 'workers' || unit === 'versions')
    return `${value} ${value === 1 ? unit.slice(0, -1) : unit} ${what}`;
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)} ${Math.round(value).toLocaleString('en')} ${unit}`;
}

/** From which value on it is not well, in words. */
function threshold({ component, warning, critical, unit, fewerIsWorse }: FleetComponent): string {
  if (fewerIsWorse) return `Critical with no ${component === 'workers' ? 'worker' : unit}`;
  const first = `Warning from ${warning.toLocaleString('en')} ${unit}`;
  return critical === null ? first : `${first}, critical from ${critical.toLocaleString('en')} ${unit}`;
}

/** The parts of the installation, each with what was read and what it is judged by. */
export function FleetComponents({
  components,
  stale,
}: {
  components: readonly FleetComponent[];
  stale: boolean;
}) {
  return (
    <ul aria-label="Components" className="divide-y divide-line">
      {components.map((one) => (
        <li
          key={one.component}
          className="grid min-h-(--row) grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-0.5 px-4 py-1.5 sm:grid-cols-[7rem_7rem_minmax(0,1fr)] lg:grid-cols-[7rem_7rem_minmax(0,1fr)_minmax(0,1fr)]"
        >
          <span className="font-medium">{names[one.component]}</span>
          <HealthSign level={stale ? 'Unknown' : one.level} />
          <span className="text-sm tabular-nums max-sm:col-span-2">{reading(one)}</span>
          <span className="text-sm text-muted tabular-nums max-sm:col-span-2 sm:max-lg:col-start-3">
            {threshold(one)}
          </span>
        </li>
      ))}
    </ul>
  );
}
