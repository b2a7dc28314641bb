import type { Json, JsonObject } from '../http/json.ts';
import type { WireReply } from '../http/wire.ts';
import type { RouteCall } from './context.ts';
import { cutPage, encodeToken, project, readListQuery } from './odata.ts';
import { badRequest, graphError } from './protocol.ts';
import type { Stored } from './world.ts';

interface ListOptions {
  /** Called once for each walk that reads past its first page. */
  throttleOnce?: boolean;
  /** Shapes one object before $select is applied. */
  view?: (item: Stored) => JsonObject;
  /** Kept in the walk's tokens from its first page on. */
  note?: string;
  /** Added to the last page only; gets the note of the walk's first page. */
  lastPage?: (note: string) => JsonObject;
}

/** Answers a collection: one page, and an absolute `@odata.nextLink` when there is more. */
export function listReply(call: RouteCall, items: Iterable<Stored>, options: ListOptions = {}): WireReply {
  const { emulator, request } = call;
  const { throttleOncePerWalk, emptyPages, pageSize } = emulator.settings;
  const query = readListQuery(request.url.searchParams, pageSize);
  if ('problem' in query) return badRequest(request, call.area, query.problem);
  const counted = request.url.searchParams.get('$count') === 'true';
  if (counted && request.headers.consistencylevel?.toLowerCase() !== 'eventual') {
    const problem = 'A count is an advanced query; it needs the header ConsistencyLevel: eventual.';
    return badRequest(request, call.area, problem);
  }
  if (options.throttleOnce && throttleOncePerWalk !== null && query.token !== undefined) {
    if (!emulator.throttledWalks.has(query.token.walk)) {
      emulator.throttledWalks.add(query.token.walk);
      return graphError(request, {
        status: 429,
        code: 'TooManyRequests',
        message: 'Too many requests; try again later.',
        headers: { 'Retry-After': String(throttleOncePerWalk.retryAfterSeconds) },
      });
    }
  }
  const id = query.token?.walk ?? `${emulator.nextWalk()}:${options.note ?? ''}`;
  const walk = { id, emptyPages };
  const all = [...items];
  const { page, next } = cutPage(all, query, walk);
  const view = options.view ?? ((item: Stored) => item.body);
  const value: Json[] = page.map((item) => project(view(item), query.select));
  const body: JsonObject = { '@odata.context': contextLink(call), value };
  // Told on the first page only, as the real service does.
  if (counted && query.token === undefined) body['@odata.count'] = all.length;
  if (next !== undefined) body['@odata.nextLink'] = nextLink(request.url, encodeToken(next));
  else Object.assign(body, options.lastPage?.(id.slice(id.indexOf(':') + 1)));
  return { status: 200, body };
}

/** The context annotation of a collection. */
export function contextLink(call: RouteCall): string {
  const [, , ...segments] = call.request.url.pathname.split('/');
  return `${call.request.url.origin}/${call.version}/$metadata#${segments.join('/')}`;
}

/** The request's own address with another skip token; `$` stays readable, as in the real links. */
export function nextLink(url: URL, token: string): string {
  const kept = [...url.searchParams].filter(([name]) => name !== '$skiptoken');
  const pairs = [...kept, ['$skiptoken', token] as const].map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${url.origin}${url.pathname}?${pairs.join('&')}`;
}
