/** How well something is, from best to worst. */
export const healthLevels = ['Healthy', 'Warning', 'Critical'] as const;
export type HealthLevel = (typeof healthLevels)[number];

/** What is looked at, in the order it is told. */
export const healthComponents = [
  'database',
  'workers',
  'queue',
  'versions',
  'processor',
  'memory',
  'disk',
] as const;
export type HealthComponent = (typeof healthComponents)[number];

/** From which value on a component is not well. A greater value is worse, except where `less` says otherwise. */
export interface HealthThreshold {
  /** What the value is, with its unit. */
  readonly what: string;
  readonly unit: 'ms' | 's' | '%' | 'workers' | 'versions';
  readonly warning: number;
  /** Null where it is never worse than a warning. */
  readonly critical: number | null;
  readonly less?: true;
}

/** What counts as well, as data: told to people beside each value. */
export const healthThresholds: Readonly<Record<HealthComponent, HealthThreshold>> = {
  database: { what: 'answers within', unit: 'ms', warning: 250, critical: 1_000 },
  workers: { what: 'alive', unit: 'workers', warning: 0, critical: 0, less: true },
  queue: { what: 'oldest run that is due has waited', unit: 's', warning: 60, critical: 300 },
  versions: { what: 'among live workers', unit: 'versions', warning: 2, critical: null },
  // Work may take all there is: that makes it slow, and keeps nobody from it.
  processor: { what: 'busy', unit: '%', warning: 90, critical: null },
  memory: { what: 'in use', unit: '%', warning: 90, critical: 97 },
  disk: { what: 'in use', unit: '%', warning: 85, critical: 95 },
};

/** A value that was read, or null where reading it did not work: what cannot be read is not called well. */
export type HealthReadings = Readonly<Record<HealthComponent, number | null>>;

export interface ComponentHealth {
  readonly component: HealthComponent;
  readonly level: HealthLevel;
  readonly value: number | null;
  /** The level and why, as one line. */
  readonly text: string;
}

export interface SystemHealth {
  readonly overall: HealthLevel;
  readonly components: readonly ComponentHealth[];
}

/** How well a system is: as well as the worst of its parts. */
export function judgeHealth(readings: HealthReadings): SystemHealth {
  const components = healthComponents.map((component) => judgeComponent(component, readings[component]));
  const worst = Math.max(...components.map(({ level }) => healthLevels.indexOf(level)));
  return { overall: healthLevels[worst] ?? 'Critical', components };
}

function judgeComponent(component: HealthComponent, value: number | null): ComponentHealth {
  const threshold = healthThresholds[component];
  if (value === null) {
    // A database that gives no answer is the worst there is; anything else that cannot be read is a warning.
    const level = component === 'database' ? 'Critical' : 'Warning';
    return { component, level, value, text: `${level}: it could not be read` };
  }
  const level = levelOf(component, value);
  const said = `${threshold.what} ${Math.round(value)} ${threshold.unit}`;
  const text = level === 'Healthy' ? 'Healthy' : `${level}: ${said} (${limitText(component, level)})`;
  return { component, level, value, text };
}

function levelOf(component: HealthComponent, value: number): HealthLevel {
  const { warning, critical, less } = healthThresholds[component];
  if (less)
    return critical !== null && value <= critical ? 'Critical' : value <= warning ? 'Warning' : 'Healthy';
  if (critical !== null && value >= critical) return 'Critical';
  return value >= warning ? 'Warning' : 'Healthy';
}

function limitText(component: HealthComponent, level: HealthLevel): string {
  const { unit, warning, critical, less } = healthThresholds[component];
  if (less) return 'nothing is worked on without one';
  return `${level === 'Critical' ? 'critical' : 'warning'} from ${level === 'Critical' ? critical : warning} ${unit}`;
}
