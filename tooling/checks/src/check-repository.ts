import { checkArrows } from './boundaries/check-arrows.ts';
import { checkHabits } from './boundaries/check-habits.ts';
import { checkLength } from './boundaries/check-length.ts';
import { checkManifests } from './boundaries/check-manifests.ts';
import { checkPurity } from './boundaries/check-purity.ts';
import { accessBlocks } from './docs/access-blocks.ts';
import { checkGenerated } from './docs/check-generated.ts';
import { checkReferences } from './docs/check-references.ts';
import { glossaryBlocks } from './docs/glossary-blocks.ts';
import { lifecycleBlocks } from './docs/lifecycle-blocks.ts';
import { permissionBlocks } from './docs/permission-blocks.ts';
import { type Repository, sourceFiles } from './source/repository.ts';
import type { Violation } from './violation.ts';

const pagePattern = /^(?:README|ARCHITECTURE|CONTRIBUTING)\.md$|^docs\/.*\.md$/;

/** Every check over one repository. Violations fail it; notices are only shown. */
export function checkRepository(repository: Repository): {
  readonly violations: Violation[];
  readonly notices: Violation[];
} {
  const files = sourceFiles(repository);
  const read = (path: string) => ({ path, text: repository.read(path) });
  const manifests = repository.paths
    .filter((path) => /^(apps|packages)\/[^/]+\/package\.json$/.test(path))
    .map(read);
  const pages = repository.paths.filter((path) => pagePattern.test(path)).map(read);
  const length = checkLength(files);
  return {
    violations: [
      ...checkArrows(files),
      ...checkManifests(manifests),
      ...checkPurity(files),
      ...checkHabits(files),
      ...checkReferences(pages, repository.paths),
      ...checkGenerated(
        [...lifecycleBlocks, ...glossaryBlocks, ...accessBlocks, ...permissionBlocks],
        (page) => (repository.paths.includes(page) ? repository.read(page) : null),
      ),
      ...length.violations,
    ],
    notices: length.notices,
  };
}
