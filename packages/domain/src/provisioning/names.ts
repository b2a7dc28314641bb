/**
 * What a server, a task service, a cluster or an infra may be called. It begins with a letter or a
 * digit, so it is never an option of a command; it holds no separator, so it never leaves a directory; and every letter
 * is one that no shell and no provider reads as anything else.
 */
export const namePattern = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** How a provider names a plan or a zone, such as `1xCPU-2GB`: the same, with capitals. */
export const providerWordPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

export function isObjectName(text: string): boolean {
  return namePattern.test(text);
}
