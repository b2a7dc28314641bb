import { lifecycleBlocks } from './docs/lifecycle-blocks.ts';
import { writeBlocks } from './docs/write-blocks.ts';
import { repositoryRoot } from './root.ts';

// Prints the generated parts of docs/lifecycle.md, or with --write puts them there.
writeBlocks(lifecycleBlocks, { root: repositoryRoot, write: process.argv.includes('--write') });
