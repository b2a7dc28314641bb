import { memberOf, safeCode } from '../http/safe-code.ts';
import { GraphFailure, type GraphFailureKind } from './graph-failure.ts';

/** Code and request id of a Graph error answer; the message is not read at all. */
export async function readFailure(
  response: Response | undefined,
): Promise<{ code: string; requestId: string | null }> {
  const requestId = response?.headers.get('request-id') ?? null;
  try {
    const body: unknown = await response?.json();
    const error = memberOf(body, 'error');
    const inner = memberOf(memberOf(error, 'innerError'), 'request-id');
    return {
      code: safeCode(memberOf(error, 'code')),
      requestId: requestId ?? (typeof inner === 'string' ? inner : null),
    };
  } catch {
    return { code: 'unreadable_answer', requestId };
  }
}

/** The failure that an answer of Graph stands for. `consented` is false when the token carries no role at all. */
export async function graphFailureOf(
  response: Response,
  so: { write: boolean; consented: boolean },
): Promise<GraphFailure> {
  const { code, requestId } = await readFailure(response);
  const { status } = response;
  const kind = status === 403 && !so.consented ? 'consent' : kindOf(status);
  return new GraphFailure({
    kind,
    code,
    status,
    requestId,
    effect: so.write && status >= 500 ? 'unknown' : 'none',
  });
}

function kindOf(status: number): GraphFailureKind {
  const kinds: Readonly<Record<number, GraphFailureKind>> = {
    401: 'auth',
    403: 'permission',
    404: 'not_found',
    409: 'conflict',
    410: 'not_found',
    412: 'conflict',
    423: 'conflict',
    429: 'throttled',
  };
  return kinds[status] ?? (status >= 500 ? 'unavailable' : 'invalid');
}
