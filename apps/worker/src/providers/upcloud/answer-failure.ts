import { memberOf, safeCode } from '../http/safe-code.ts';
import type { ServerFailureFacts, ServerFailureKind } from '../servers/server-failure.ts';

/** What an answer that refuses stands for; its message is not read at all. */
export async function answerFailure(
  response: Response | undefined,
  write: boolean,
): Promise<ServerFailureFacts> {
  const status = response?.status ?? 429;
  const code = await codeOf(response);
  const effect = write && status >= 500 ? 'unknown' : 'none';
  return { kind: kindOf(status, code), code, status, effect };
}

async function codeOf(response: Response | undefined): Promise<string> {
  try {
    return safeCode(memberOf(memberOf(await response?.json(), 'error'), 'error_code'));
  } catch {
    return 'unreadable_answer';
  }
}

/** Statuses are documented; of 403 and 409 only the code tells limits and full zones from the rest. */
function kindOf(status: number, code: string): ServerFailureKind {
  if (code.endsWith('_RESOURCES_UNAVAILABLE')) return 'capacity';
  if (code.endsWith('_LIMIT_REACHED') || status === 402 || code.startsWith('TRIAL_')) return 'quota';
  const kinds: Readonly<Record<number, ServerFailureKind>> = {
    401: 'auth',
    403: 'permission',
    404: 'missing',
    409: 'conflict',
    429: 'throttled',
  };
  return kinds[status] ?? (status >= 500 || status < 400 ? 'unavailable' : 'invalid');
}
