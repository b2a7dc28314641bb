import { glossaryBlocks } from './docs/glossary-blocks.ts';
import { writeBlocks } from './docs/write-blocks.ts';
import { repositoryRoot } from './root.ts';

// Prints the generated parts of docs/glossary.md, or with --write puts them there.
writeBlocks(glossaryBlocks, { root: repositoryRoot, write: process.argv.includes('--write') });
