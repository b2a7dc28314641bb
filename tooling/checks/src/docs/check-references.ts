import { posix } from 'node:path';
import type { SourceFile } from '../source/repository.ts';
import type { Violation } from '../violation.ts';

const inBackticks = /`([^`\s]+)`/g;
const inLinks = /\]\(([^)\s]+)\)/g;
const repositoryPath =
  /^(?:apps|packages|tooling|docs|patches|\.ci)\/[\w@.\-/*{},]+$|^[\w.-]+\.(?:md|json|ya?ml)$/;

/** Paths that a page names but the repository does not have. */
export function checkReferences(pages: readonly SourceFile[], paths: readonly string[]): Violation[] {
  const known = new Set(paths.flatMap(withFolders));
  return pages.flatMap(({ path, text }) => {
    const prose = withoutFences(text);
    const named = [...prose.matchAll(inBackticks)]
      .map((match) => ({ match, wanted: repositoryPath.test(match[1] ?? '') ? (match[1] ?? '') : null }))
      .filter(({ wanted }) => wanted !== null && !wanted.endsWith('.example'));
    const linked = [...prose.matchAll(inLinks)].map((match) => ({
      match,
      wanted: linkTarget(path, match[1] ?? ''),
    }));
    return [...named, ...linked].flatMap(({ match, wanted }): Violation[] => {
      if (wanted === null || wanted === '' || expand(wanted).every((one) => exists(known, one))) return [];
      const line = text.slice(0, match.index).split('\n').length;
      return [{ path, line, message: `names ${wanted}, which does not exist.` }];
    });
  });
}

/** A link from a page to a file of the repository, or null when it leads elsewhere. */
function linkTarget(page: string, href: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^#|^\//i.test(href)) return null;
  const [file = ''] = href.split('#');
  return posix.join(posix.dirname(page), file).replace(/\/$/, '');
}

function exists(known: ReadonlySet<string>, wanted: string): boolean {
  const plain = wanted.replace(/\/$/, '');
  if (!plain.includes('*')) return known.has(plain);
  const escaped = plain.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('.*')}$`);
  return [...known].some((path) => pattern.test(path));
}

/** `{a,b}/c` as `a/c` and `b/c`. */
function expand(path: string): string[] {
  const group = /\{([^{}]*)\}/.exec(path);
  if (group === null) return [path];
  return (group[1] ?? '').split(',').flatMap((choice) => expand(path.replace(group[0], choice)));
}

function withFolders(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Fenced blocks show commands and output; their text is kept as blank lines. */
function withoutFences(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ' '));
}
