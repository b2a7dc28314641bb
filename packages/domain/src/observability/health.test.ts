import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type HealthReadings,
  healthComponents,
  healthLevels,
  healthThresholds,
  judgeHealth,
} from './health.ts';

const well: HealthReadings = {
  database: 3,
  workers: 2,
  queue: 0,
  versions: 1,
  processor: 10,
  memory: 40,
  disk: 50,
};
const levelOf = (component: (typeof healthComponents)[number], value: number | null) =>
  judgeHealth({ ...well, [component]: value }).components.find((one) => one.component === component);

test('a system is as well as the worst of its parts', () => {
  const value = fc.option(fc.integer({ min: 0, max: 2_000 }));
  const readings = fc.record(
    Object.fromEntries(healthComponents.map((component) => [component, value])) as Record<
      keyof HealthReadings,
      typeof value
    >,
  );
  fc.assert(
    fc.property(readings, (all) => {
      const { overall, components } = judgeHealth(all);
      const worst = Math.max(...components.map(({ level }) => healthLevels.indexOf(level)));
      expect(healthLevels.indexOf(overall)).toBe(worst);
      for (const { level, text } of components) expect(text.startsWith(level)).toBe(true);
    }),
  );
  expect(judgeHealth(well)).toMatchObject({ overall: 'Healthy' });
});

test.each(healthComponents)(
  '%s changes its level exactly at its thresholds, and what is not read is not well',
  (component) => {
    const { warning, critical, less } = healthThresholds[component];
    if (!less) {
      expect(levelOf(component, warning - 0.001)?.level).toBe('Healthy');
      expect(levelOf(component, warning)?.level).toBe('Warning');
      if (critical === null) expect(levelOf(component, warning * 100)?.level).toBe('Warning');
      else expect(levelOf(component, critical)?.level).toBe('Critical');
    }
    expect(levelOf(component, null)?.level).not.toBe('Healthy');
  },
);

test('without a worker nothing is worked on, and the text says why', () => {
  expect(levelOf('workers', 0)?.text).toBe('Critical: alive 0 workers (nothing is worked on without one)');
  expect(levelOf('queue', 75)?.text).toBe(
    'Warning: oldest run that is due has waited 75 s (warning from 60 s)',
  );
});
