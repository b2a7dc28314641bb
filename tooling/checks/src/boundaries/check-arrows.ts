import { posix } from 'node:path';
import { type Import, importsOf } from '../source/imports.ts';
import { isProduction, type SourceFile } from '../source/repository.ts';
import type { Violation } from '../violation.ts';
import { type Arrow, adviceFor, arrows } from './arrows.ts';

const scope = '@signalbox/';

/** Imports between packages that go against the arrows. */
export function checkArrows(files: readonly SourceFile[]): Violation[] {
  return files.filter((file) => isProduction(file.path)).flatMap(checkFile);
}

function checkFile({ path, text }: SourceFile): Violation[] {
  const home = path.split('/').slice(0, 2).join('/');
  const arrow = arrows[home];
  if (arrow === undefined) {
    return [
      {
        path,
        line: null,
        message: `${home} has no arrows; add it to tooling/checks/src/boundaries/arrows.ts.`,
      },
    ];
  }
  return importsOf(text).flatMap((found) => {
    const problem = problemOf({ path, home, arrow }, found);
    return problem === null ? [] : [{ path, line: found.line, message: problem }];
  });
}

function problemOf(
  from: { readonly path: string; readonly home: string; readonly arrow: Arrow },
  { specifier, typeOnly }: Import,
): string | null {
  const { home, arrow, path } = from;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    if (target.startsWith(`${home}/`)) return null;
    return `${home} reaches into ${target} by a relative path; import it by its package name, or move it here.`;
  }
  if (specifier.startsWith('node:')) {
    return arrow.node ? null : `${home} may not use ${specifier}: ${nodeAdvice(home)}.`;
  }
  if (specifier.startsWith(scope)) {
    const target = specifier.slice(scope.length).split('/')[0] ?? '';
    if (`${scope}${target}` === `${scope}${home.split('/')[1]}`) return null;
    if (arrow.ours.includes(target) || (typeOnly && arrow.oursAsTypes.includes(target))) return null;
    return `${home} may not import ${specifier}: ${adviceFor(home, target)}.`;
  }
  if (arrow.others === 'declared') return null;
  const name = packageOf(specifier);
  if (arrow.others.includes(name) || (typeOnly && arrow.othersAsTypes.includes(name))) return null;
  return `${home} may not import ${specifier}: ${nodeAdvice(home)}.`;
}

function nodeAdvice(home: string): string {
  if (home === 'packages/domain')
    return 'a decision takes facts and time as arguments; the deed goes to packages/db or apps/worker';
  if (home === 'packages/contracts')
    return 'a contract holds shapes only; the handler goes to apps/api or apps/worker';
  return 'it does not exist in a browser; put it behind a route in apps/api';
}

/** `@scope/name` or `name`, without a path inside the package. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
