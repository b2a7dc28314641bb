import { lineAt, withoutTemplates } from './blank-comments.ts';

/** One import or re-export. */
export interface Import {
  readonly specifier: string;
  /** True when the whole statement vanishes from the running program. */
  readonly typeOnly: boolean;
  readonly line: number;
}

const statement =
  /(?<=^|[;\n}])[ \t]*(import|export)\s+(type\s+(?!from\b|,))?(?:[\w$*{][\w$*{},\s]*?\s*from\s*)?(['"])([^'"\n]+)\3/g;
const dynamic = /\bimport\s*\(\s*(['"])([^'"\n]+)\1/g;

/** Every static and dynamic import of a file whose name is written out. */
export function importsOf(source: string): Import[] {
  const text = withoutTemplates(source);
  const found: Import[] = [];
  for (const match of text.matchAll(statement)) {
    const at = match.index + match[0].search(/\S/);
    found.push({ specifier: match[4] ?? '', typeOnly: match[2] !== undefined, line: lineAt(text, at) });
  }
  for (const match of text.matchAll(dynamic)) {
    // `import('x').Type` in a type position reads the same; it is rare enough to be written as an import instead.
    found.push({ specifier: match[2] ?? '', typeOnly: false, line: lineAt(text, match.index) });
  }
  return found;
}
