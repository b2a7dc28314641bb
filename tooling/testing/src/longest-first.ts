import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more. What is begun last must be short, or one core works while the other waits. */
const longest = [
  'console/axe-views.test.ts',
  'console/reflow.test.ts',
  'console/live.test.ts',
  'console/axe-layers.test.ts',
  'demo/test/launcher.test.ts',
  'worker/test/provisioning/batch.test.ts',
];

/** Puts the files that take longest first, whatever their size; vitest remembers durations only where it ran before. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      longest.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
