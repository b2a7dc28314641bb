/** Where text typed or pasted into the palette leads, if it is an id or an address of this installation. */
export type Target =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'thing'; readonly page: ThingPage; readonly id: string }
  /** A run by id, uid or codename: the server finds it. */
  | { readonly kind: 'run'; readonly q: string };

const thingPages = {
  tenant: 'tenants',
  connection: 'connections',
  set: 'backup-sets',
  bulk: 'bulk',
} as const;
export type ThingPage = (typeof thingPages)[keyof typeof thingPages];

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const named = /^(tenant|connection|backup[ -]?set|set|bulk)(?:[ -]?action)?\s*[#:_-]?\s*(\d{1,15})$/i;
const runWords = new RegExp(`^(?:run\\s*[#:_-]?\\s*|#)?(\\d{1,15}|${uuid})$`, 'i');
const codename = /^[a-z]+-[a-z]+$/i;
const apiRun = new RegExp(`^/(?:v1/runs|admin/operations|tasks)/(\\d{1,15}|${uuid})(?:/|$)`, 'i');

/**
 * Reads an id (`42`, `#42`, `run 42`, a uuid, `connection 3`), a codename, or an address of the console or of the API.
 * Total: any text has an answer. An address of another origin is never a target.
 */
export function parseTarget(text: string, origin: string): Target | null {
  const typed = text.trim();
  if (typed === '' || typed.length > 2_000) return null;
  const run = runWords.exec(typed);
  if (run?.[1] !== undefined) return { kind: 'run', q: run[1].toLowerCase() };
  const thing = named.exec(typed);
  if (thing?.[1] !== undefined && thing[2] !== undefined) {
    return { kind: 'thing', page: pageOf(thing[1].toLowerCase()), id: thing[2] };
  }
  if (typed.startsWith('/') || /^https?:/i.test(typed)) return addressOf(typed, origin);
  return codename.test(typed) ? { kind: 'run', q: typed.toLowerCase() } : null;
}

function pageOf(word: string): ThingPage {
  if (word === 'tenant' || word === 'connection' || word === 'bulk') return thingPages[word];
  return thingPages.set;
}

function addressOf(text: string, origin: string): Target | null {
  if (!URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  if (url.origin !== origin) return null;
  const run = apiRun.exec(url.pathname);
  if (run?.[1] !== undefined) return { kind: 'run', q: run[1].toLowerCase() };
  // What a router takes for a path must not be a whole address: `//host` would be one.
  const isConsole = /^\/w\/[^/]/.test(url.pathname);
  return isConsole ? { kind: 'path', path: `${url.pathname}${url.search}${url.hash}` } : null;
}
