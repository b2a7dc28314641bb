const ids = new WeakMap<object, string>();

/** Lets the answer in a response be asked for its request id once it is read. */
export function noteRequestId(response: Response): Response {
  const id = response.headers.get('x-request-id');
  if (id === null) return response;
  const read = response.json.bind(response);
  response.json = async () => {
    const body: unknown = await read();
    const data = (body as { result?: { data?: unknown } } | null)?.result?.data;
    if (typeof data === 'object' && data !== null) ids.set(data, id);
    return body;
  };
  return response;
}

/** The id under which the server keeps the request that this is the answer to; null for what was not answered. */
export function requestIdOf(answer: object): string | null {
  return ids.get(answer) ?? null;
}
