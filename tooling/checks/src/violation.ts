/** One thing to put right: where, what, and what to do instead. */
export interface Violation {
  readonly path: string;
  /** From 1; null when it is about the whole file. */
  readonly line: number | null;
  readonly message: string;
}

export function formatViolation({ path, line, message }: Violation): string {
  return `${line === null ? path : `${path}:${line}`}  ${message}`;
}
