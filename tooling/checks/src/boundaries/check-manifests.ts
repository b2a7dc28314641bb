import type { SourceFile } from '../source/repository.ts';
import type { Violation } from '../violation.ts';
import { adviceFor, arrows } from './arrows.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const scope = '@signalbox/';

/**
 * What a package.json declares against the arrows: a forbidden import would otherwise only be one line away.
 * `devDependencies` are free, since tests may use anything and types are erased.
 */
export function checkManifests(manifests: readonly SourceFile[]): Violation[] {
  return manifests.flatMap(({ path, text }) => {
    const home = path.split('/').slice(0, 2).join('/');
    const arrow = arrows[home];
    if (arrow === undefined) return [];
    const manifest = JSON.parse(text) as Manifest;
    const names = Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    });
    return names.flatMap((name): Violation[] => {
      if (name.startsWith(scope)) {
        const target = name.slice(scope.length);
        if (arrow.ours.includes(target)) return [];
        return [
          {
            path,
            line: lineOf(text, name),
            message: `${home} may not depend on ${name}: ${adviceFor(home, target)}.`,
          },
        ];
      }
      if (arrow.others === 'declared' || arrow.others.includes(name)) return [];
      return [
        {
          path,
          line: lineOf(text, name),
          message: `${home} may not depend on ${name}; the code that needs it belongs elsewhere.`,
        },
      ];
    });
  });
}

function lineOf(text: string, name: string): number {
  return text.slice(0, text.indexOf(`"${name}"`)).split('\n').length;
}
