import { isJsonObject, type Json, type JsonObject, jsonText } from '../http/json.ts';
import { parseBody, type WireReply, type WireRequest } from '../http/wire.ts';
import type { Emulator } from './context.ts';
import { authenticate, graphPipeline } from './graph-pipeline.ts';
import { badRequest } from './protocol.ts';

/** The most items Graph takes in one $batch. */
export const batchLimit = 20;

interface BatchItem {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Json | undefined;
  dependsOn: string[];
}

/**
 * `POST /$batch`: up to 20 requests in one. The outer answer is 200 even when items fail; an item whose
 * dependency failed is not tried and answers 424. Items run in the order given.
 */
export async function batch(emulator: Emulator, request: WireRequest): Promise<WireReply> {
  const grant = authenticate(emulator, request);
  if ('status' in grant) return grant;
  const items = readItems(parseBody(request)?.requests);
  if (typeof items === 'string') return badRequest(request, 'intune', items);
  const statuses = new Map<string, number>();
  const responses: Json[] = [];
  for (const item of items) {
    const failed = item.dependsOn.some((id) => (statuses.get(id) ?? 424) >= 400);
    const reply = failed ? failedDependency() : await graphPipeline(emulator, itemRequest(request, item));
    const status = reply.drop === true ? 503 : reply.status;
    statuses.set(item.id, status);
    responses.push({
      id: item.id,
      status,
      headers: { 'Content-Type': 'application/json', ...reply.headers },
      ...(reply.body === undefined ? {} : { body: reply.body }),
    });
  }
  return { status: 200, body: { responses } };
}

function failedDependency(): WireReply {
  const message = 'A request this one depends on did not succeed.';
  return { status: 424, body: { error: { code: 'FailedDependency', message } } };
}

function itemRequest(outer: WireRequest, item: BatchItem): WireRequest {
  const [, version] = outer.url.pathname.split('/');
  const authorization = outer.headers.authorization;
  return {
    method: item.method,
    url: new URL(`${outer.url.origin}/${version}/${item.url.replace(/^\//, '')}`),
    headers: { ...item.headers, ...(authorization === undefined ? {} : { authorization }) },
    body: item.body === undefined ? '' : JSON.stringify(item.body),
  };
}

function readItems(value: Json | undefined): BatchItem[] | string {
  if (!Array.isArray(value)) return "Property 'requests' must be a collection.";
  if (value.length > batchLimit) return `A batch carries at most ${batchLimit} requests.`;
  const items: BatchItem[] = [];
  for (const entry of value) {
    if (!isJsonObject(entry)) return 'A batch item must be an object.';
    const { id, method, url } = entry;
    if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string') {
      return 'A batch item needs id, method and url.';
    }
    if (items.some((item) => item.id === id)) return `Item id '${id}' is used twice.`;
    const dependsOn = Array.isArray(entry.dependsOn) ? entry.dependsOn.map((id) => jsonText(id)) : [];
    if (dependsOn.some((needed) => !items.some((item) => item.id === needed))) {
      return `Item '${id}' depends on one that does not come before it.`;
    }
    items.push({
      id,
      method: method.toUpperCase(),
      url,
      headers: lowerCase(entry.headers),
      body: entry.body,
      dependsOn,
    });
  }
  return items;
}

function lowerCase(headers: Json | undefined): Record<string, string> {
  const entries = Object.entries<Json>((isJsonObject(headers) ? headers : {}) as JsonObject);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), jsonText(value)]));
}
