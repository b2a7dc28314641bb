/** A code as it may be shown and stored: short, without spaces; anything else is not a code. */
export function safeCode(code: unknown): string {
  return typeof code === 'string' && /^[\w.-]{1,80}$/.test(code) ? code : 'unknown_code';
}

/** A property of something that may not be an object. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
