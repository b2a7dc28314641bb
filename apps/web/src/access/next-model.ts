/** Where to go after signing in: a path of this site, or home. A link to another site is never followed. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/')) return '/';
  const here = 'https://here.invalid';
  if (!URL.canParse(next, here)) return '/';
  const target = new URL(next, here);
  // Browsers read `//host` and `/\host` as another site; `/.//host` becomes the former.
  const outside = target.origin !== here || target.pathname.startsWith('//');
  if (outside || target.pathname.startsWith('/sign-in')) return '/';
  return `${target.pathname}${target.search}${target.hash}`;
}
