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

function shown(value: number, unit: string): string {
  return unit === 'workers' || unit === 'versions'
    ? `${value} ${value === 1 ? unit.slice(0, -1) : unit}`
    : `${Math.round(value).toLocaleString('en')} ${unit}`;
}

/** From which value on it is not well, in words. */
function threshold({ component, warning, critical, unit, fewerIsWorse }: FleetComponent): string {
  if (fewerIsWorse) return `Critical with no ${component === 'workers' ? 'worker' : unit}`;
  return `Warning from ${warning.toLocaleString('en')} ${unit}, critical from ${critical.toLocaleString('en')} ${unit}`;
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
          className="grid min-h-(--row) items-baseline gap-x-6 gap-y-0.5 px-4 py-2 sm:grid-cols-[7rem_7rem_minmax(0,1fr)] lg:grid-cols-[7rem_7rem_minmax(0,1fr)_minmax(0,1fr)]"
        >
          <span className="font-medium">{names[one.component]}</span>
          <HealthSign level={stale ? 'Unknown' : one.level} />
          <span className="text-sm tabular-nums">
            {one.value === null
              ? 'It could not be read'
              : `${sentence(one.what)} ${shown(one.value, one.unit)}`}
          </span>
          <span className="text-sm text-muted tabular-nums sm:max-lg:col-start-3">{threshold(one)}</span>
        </li>
      ))}
    </ul>
  );
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
