import type { Dialect } from '@signalbox/contracts/openapi/operation';
import type { Problem } from '@signalbox/contracts/problem/problem';

/** An error in the envelope its surface promises. */
export interface Envelope {
  readonly contentType: 'application/problem+json' | 'application/json';
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Where a reference contract states an envelope it is sent, with the problem members added; everywhere else the
 * problem is sent as it is (RFC 9457).
 */
export function toEnvelope(problem: Problem, dialect: Dialect): Envelope {
  switch (dialect) {
    case 'provisioning':
      return {
        contentType: 'application/json',
        body: { success: false, error: toldOf(problem), ...problem },
      };
    case 'onboarding':
    case 'runs':
      return { contentType: 'application/json', body: { error: toldOf(problem), ...problem } };
    case 'native':
    case 'admin-runs':
    case 'provider-dispatch':
      return { contentType: 'application/problem+json', body: problem };
  }
}

/** What a client learns that reads `error` alone: of a request with faults the first one, and how many more there are. */
function toldOf({ code, detail, errors = [] }: Problem): string {
  const [first, ...more] = errors;
  if (first === undefined || code !== 'invalid_input') return detail;
  const place = first.pointer === '' ? '' : `${first.pointer} `;
  const rest =
    more.length === 0
      ? ''
      : more.length === 1
        ? ' There is 1 more fault.'
        : ` There are ${more.length} more faults.`;
  return `${detail} ${place}${first.detail.replace(/\.$/, '')}.${rest}`;
}
