import { fileURLToPath } from 'node:url';

/** The folder the repository stands in. */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));
