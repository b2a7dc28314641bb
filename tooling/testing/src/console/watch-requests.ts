import type { Page } from 'playwright-core';

/** Calls of the API that a page made since `forget` was last called; documents and code do not count. */
export interface RequestLog {
  readonly calls: readonly string[];
  forget(): void;
}

/** Notes each call of the API from now on. */
export function watchRequests(page: Page): RequestLog {
  const calls: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/(trpc|v1|auth)\b/.test(pathname)) calls.push(`${request.method()} ${pathname}`);
  });
  return {
    calls,
    forget: () => {
      calls.length = 0;
    },
  };
}

/** Counts the streams of the page's documents, from the next document on. */
export async function watchStreams(page: Page): Promise<StreamLog> {
  await page.addInitScript(() => {
    const all: EventSource[] = [];
    const Plain = globalThis.EventSource;
    globalThis.EventSource = class extends Plain {
      constructor(url: string | URL, init?: EventSourceInit) {
        super(url, init);
        all.push(this);
        const open = all.filter(({ readyState }) => readyState !== Plain.CLOSED).length;
        streams.most = Math.max(streams.most, open);
      }
    };
    const streams = { most: 0, all };
    Object.assign(globalThis, { signalboxStreams: streams });
  });
  return {
    opened: () => page.evaluate('signalboxStreams.all.length'),
    openNow: () => page.evaluate('signalboxStreams.all.filter(({ readyState }) => readyState !== 2).length'),
    mostAtOnce: () => page.evaluate('signalboxStreams.most'),
  };
}

/** What became of the streams of the document on screen. */
export interface StreamLog {
  opened(): Promise<number>;
  openNow(): Promise<number>;
  mostAtOnce(): Promise<number>;
}
