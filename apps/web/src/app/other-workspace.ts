/** Pages that every workspace has; what stands below them belongs to one workspace. */
const pages = new Set([
  'overview',
  'runs',
  'bulk',
  'refusals',
  'backup-sets',
  'connections',
  'fleet',
  'glossary',
  'usage',
  'start',
]);

/**
 * Where the same page is in another workspace: the list a thing of this one stands in, without a filter, since ids and
 * names of one workspace mean nothing in another.
 */
export function inOtherWorkspace(pathname: string, ws: string): string {
  const page = /^\/w\/[^/]+\/([^/?#]+)/.exec(pathname)?.[1] ?? '';
  return `/w/${encodeURIComponent(ws)}/${pages.has(page) ? page : 'overview'}`;
}
