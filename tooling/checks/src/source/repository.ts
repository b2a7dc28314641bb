import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the repository, by its path from the root with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What the checks look at: every file that is or would be committed. */
export interface Repository {
  readonly root: string;
  readonly paths: readonly string[];
  read(path: string): string;
}

/** Opens the working tree; ignored files are not part of it. */
export function openRepository(root: string): Repository {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = [...new Set(listed.split('\0'))].filter(
    (path) => path !== '' && existsSync(join(root, path)),
  );
  return { root, paths: paths.sort(), read: (path) => readFileSync(join(root, path), 'utf8') };
}

/** The TypeScript files of a repository. */
export function sourceFiles(repository: Repository): SourceFile[] {
  return repository.paths
    .filter((path) => /\.(ts|tsx|mts)$/.test(path) && !/\.gen\.ts$/.test(path))
    .map((path) => ({ path, text: repository.read(path) }));
}

/** Tests and what only they use; the arrows and purity do not bind them. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^(apps|packages|tooling)\/[^/]+\/test\//.test(path);
}

/** Code that runs in a deployment: the sources of apps and packages. */
export function isProduction(path: string): boolean {
  return /^(apps|packages)\/[^/]+\/src\//.test(path) && !isTest(path);
}
