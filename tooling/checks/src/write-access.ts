import { accessBlocks } from './docs/access-blocks.ts';
import { writeBlocks } from './docs/write-blocks.ts';
import { repositoryRoot } from './root.ts';

// Prints the generated parts of docs/access.md, or with --write puts them there.
writeBlocks(accessBlocks, { root: repositoryRoot, write: process.argv.includes('--write') });
