import { checkRepository } from './check-repository.ts';
import { repositoryRoot } from './root.ts';
import { openRepository } from './source/repository.ts';
import { formatViolation } from './violation.ts';

const { violations, notices } = checkRepository(openRepository(repositoryRoot));
for (const notice of notices) process.stdout.write(`notice  ${formatViolation(notice)}\n`);
for (const violation of violations) process.stderr.write(`${formatViolation(violation)}\n`);
if (violations.length > 0) {
  process.stderr.write(
    `${violations.length} ${violations.length === 1 ? 'boundary is' : 'boundaries are'} crossed.\n`,
  );
  process.exitCode = 1;
} else {
  process.stdout.write('All boundaries are kept.\n');
}
