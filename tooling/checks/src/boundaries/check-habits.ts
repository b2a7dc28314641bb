import { blankComments, codeOnly, lineAt } from '../source/blank-comments.ts';
import { isProduction, isTest, type SourceFile } from '../source/repository.ts';
import type { Violation } from '../violation.ts';

interface Habit {
  readonly pattern: RegExp;
  /** SQL stands in templates, so some habits look into strings. */
  readonly inStrings: boolean;
  readonly appliesTo: (path: string) => boolean;
  readonly message: string;
}

const commands = 'packages/db/src/commands/';

const habits: readonly Habit[] = [
  {
    pattern: /\bprocess\.env\b/g,
    inStrings: false,
    appliesTo: (path) => isProduction(path) && !path.endsWith('/env.ts'),
    message: 'only env.ts reads the environment; add the setting there and hand it down.',
  },
  {
    pattern: /\.reserve\s*\(/g,
    inStrings: false,
    appliesTo: (path) => isProduction(path),
    message: 'a reserved connection outlives its transaction; use inWorkspace or asSystem of packages/db.',
  },
  {
    pattern: /\binsert\s+into\s+(?:public\.)?"?runs\b|\.insert\(\s*runs\s*\)/gi,
    inStrings: true,
    appliesTo: (path) => runsOutsideTests(path) && !path.startsWith(`${commands}gate/`),
    message: 'a run comes to be only through the start gate; call startRuns.',
  },
  {
    pattern: /\bupdate\s+(?:public\.)?"?runs\b|\.update\(\s*runs\s*\)/gi,
    inStrings: true,
    appliesTo: (path) => runsOutsideTests(path) && !path.startsWith(commands),
    message: 'a run is changed only by the named commands in packages/db/src/commands; add or call one.',
  },
];

/** Habits that keep one door, one writer of a status and one place for settings. */
export function checkHabits(files: readonly SourceFile[]): Violation[] {
  return files.flatMap(({ path, text }) =>
    habits
      .filter((habit) => habit.appliesTo(path))
      .flatMap((habit) => {
        const searched = habit.inStrings ? blankComments(text) : codeOnly(text);
        return [...searched.matchAll(habit.pattern)].map((match) => ({
          path,
          line: lineAt(searched, match.index),
          message: habit.message,
        }));
      }),
  );
}

/** The bench compares with bare inserts, tests make states by hand, and the checks quote what they forbid. */
function runsOutsideTests(path: string): boolean {
  return !isTest(path) && !/^tooling\/(bench|checks|testing)\//.test(path);
}
