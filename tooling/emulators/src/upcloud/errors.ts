import type { WireReply } from '../http/wire.ts';

/** The service's error envelope; clients branch on the code, the text is for people. */
export function upcloudError(status: number, code: string, message: string): WireReply {
  return { status, body: { error: { error_code: code, error_message: message } } };
}

/** 400 for an attribute, coded as the service does: its name in capitals, then what is wrong with it. */
export function attributeError(name: string, wrong: 'MISSING' | 'INVALID'): WireReply {
  const text =
    wrong === 'MISSING'
      ? `The required attribute ${name} is missing from the request.`
      : `The attribute ${name} has an invalid value.`;
  return upcloudError(400, `${name.toUpperCase()}_${wrong}`, text);
}

/** The code usually sent with a status, for faults on demand. */
export function usualUpcloudCode(status: number): string {
  const codes: Record<number, string> = {
    401: 'AUTHENTICATION_FAILED',
    402: 'INSUFFICIENT_CREDITS',
    403: 'ACTION_FORBIDDEN',
    404: 'SERVER_NOT_FOUND',
    409: 'SERVER_STATE_ILLEGAL',
    429: 'RATE_LIMITED',
    500: 'INTERNAL_ERROR',
    503: 'SERVICE_UNAVAILABLE',
  };
  return codes[status] ?? 'UNKNOWN_ERROR';
}
