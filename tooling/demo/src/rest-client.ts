import { setTimeout as delay } from 'node:timers/promises';

/** The public API as a signed-in person uses it; the demo starts everything through it. */
export interface RestClient {
  get<T>(path: string): Promise<T>;
  /** Sends a body and answers what came back, also when it is a refusal. */
  post<T>(path: string, body: unknown): Promise<{ readonly status: number; readonly body: T }>;
  /** @throws Error when it is refused */
  patch(path: string, body: unknown): Promise<void>;
}

/** What the demo reads of a run. */
export interface RunView {
  readonly id: number;
  readonly status: string;
  readonly counts: { readonly total: number; readonly succeeded: number; readonly failed: number };
  readonly reasonCode?: string;
  readonly waiting?: { readonly gate: string; readonly freedBy: string };
  readonly finishedAt?: string;
}

/** Signs in and answers a client that carries the token. */
export async function signIn(url: string, username: string, password: string): Promise<RestClient> {
  const headers = { 'content-type': 'application/json' };
  const login = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username, password }),
  });
  if (!login.ok) throw new Error(`${username} could not sign in: ${login.status}`);
  const { data } = (await login.json()) as { data: { token: string } };
  const authorised = { ...headers, authorization: `Bearer ${data.token}` };
  const send = (method: 'POST' | 'PATCH', path: string, body: unknown) =>
    fetch(`${url}${path}`, { method, headers: authorised, body: JSON.stringify(body) });
  return {
    async get<T>(path: string) {
      const answer = await fetch(`${url}${path}`, { headers: authorised });
      if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
      return (await answer.json()) as T;
    },
    async post<T>(path: string, body: unknown) {
      const answer = await send('POST', path, body);
      return { status: answer.status, body: (await answer.json()) as T };
    },
    async patch(path: string, body: unknown) {
      const answer = await send('PATCH', path, body);
      if (!answer.ok) throw new Error(`PATCH ${path} answered ${answer.status}`);
    },
  };
}

/** Starts an operation and waits for its end. */
export async function runToEnd(client: RestClient, start: Record<string, unknown>): Promise<RunView> {
  const { status, body } = await client.post<{ run?: RunView; message?: string; detail?: string }>(
    '/v1/runs',
    start,
  );
  if (body.run === undefined)
    throw new Error(`${start.operation} was answered ${status}: ${body.message ?? body.detail}`);
  return waitForEnd(client, body.run.id);
}

/** The run as it ended. */
export async function waitForEnd(client: RestClient, runId: number): Promise<RunView> {
  return waitForRun(client, runId, ({ finishedAt }) => finishedAt !== undefined);
}

/** A run that is tried several times has pauses of up to a minute between the tries. */
const patienceMs = 240_000;

/**
 * Looks at a run until it is as wished.
 * @throws Error after four minutes
 */
export async function waitForRun(
  client: RestClient,
  runId: number,
  until: (run: RunView) => boolean,
): Promise<RunView> {
  for (let waited = 0; waited < patienceMs; waited += 250) {
    const run = await client.get<RunView>(`/v1/runs/${runId}`);
    if (until(run)) return run;
    await delay(250);
  }
  throw new Error(`Run ${runId} did not come so far within ${patienceMs / 1_000} s.`);
}
