import { queryOptions } from '@tanstack/react-query';
import { readServerDate } from '../clock/server-clock.ts';

/** What the REST API answered, to the byte. */
export interface RawAnswer {
  readonly text: string;
  readonly requestId: string | null;
}

/** Asks the REST API itself and keeps its text: a number read and written again could be another one. */
export function rawQuery(ws: string, path: string) {
  return queryOptions({
    queryKey: ['raw', ws, path] as const,
    queryFn: async (): Promise<RawAnswer> => {
      const sentAt = Date.now();
      const response = await fetch(path, { headers: { 'x-workspace-id': ws, accept: 'application/json' } });
      readServerDate(response, sentAt);
      const text = await response.text();
      if (!response.ok) throw problemError(response.status, text);
      return { text, requestId: response.headers.get('x-request-id') };
    },
    staleTime: 0,
  });
}

/** A refused answer in the shape in which the typed client throws it. */
function problemError(httpStatus: number, text: string): Error {
  let problem: unknown = null;
  try {
    problem = JSON.parse(text);
  } catch {
    // Something in between answered instead; its status is all there is to tell.
  }
  return Object.assign(new Error(`The server answered ${httpStatus}.`), { data: { httpStatus, problem } });
}
