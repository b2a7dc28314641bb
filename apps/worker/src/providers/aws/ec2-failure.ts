import { memberOf, safeCode } from '../http/safe-code.ts';
import { ServerFailure, type ServerFailureKind } from '../servers/server-failure.ts';

/** Codes of the service, by what they mean; codes not listed are judged by their status. */
const kinds: readonly (readonly [RegExp, ServerFailureKind])[] = [
  [
    /^(RequestLimitExceeded|Throttling|ThrottlingException|TooManyRequestsException|EC2ThrottledException)$/,
    'throttled',
  ],
  [
    /^(AuthFailure|InvalidClientTokenId|SignatureDoesNotMatch|MissingAuthenticationToken|IncompleteSignature|ExpiredToken|RequestExpired)$/,
    'auth',
  ],
  [/^(UnauthorizedOperation|AccessDenied|OptInRequired|Blocked|PendingVerification)$/, 'permission'],
  [/^(Server\.)?Insufficient\w*Capacity$|^Insufficient\w+InSubnet$/, 'capacity'],
  [/LimitExceeded$/, 'quota'],
  [/\.NotFound$/, 'missing'],
  [
    /^(IncorrectInstanceState|IncorrectState|IdempotentParameterMismatch|OperationNotPermitted|DependencyViolation)$/,
    'conflict',
  ],
];

/** The failure that an error of the library stands for; null when no answer came. */
export function ec2FailureOf(error: unknown): ServerFailure | null {
  const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode');
  if (typeof status !== 'number') return null;
  const code = safeCode(memberOf(error, 'name'));
  const known = kinds.find(([pattern]) => pattern.test(code))?.[1];
  const kind =
    known ?? (status === 429 ? 'throttled' : status >= 500 || status < 400 ? 'unavailable' : 'invalid');
  return new ServerFailure({ kind, code, status, effect: 'none' });
}
