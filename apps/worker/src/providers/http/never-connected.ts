const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** True when the error's chain names a failure that comes before the first byte is sent. */
export function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && unsentCodes.has(String(error.code))) return true;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverConnected);
  return error.cause !== undefined && neverConnected(error.cause);
}
