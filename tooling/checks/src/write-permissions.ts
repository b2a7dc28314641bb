import { permissionBlocks } from './docs/permission-blocks.ts';
import { writeBlocks } from './docs/write-blocks.ts';
import { repositoryRoot } from './root.ts';

// Prints the generated part of docs/connections.md, or with --write puts it there.
writeBlocks(permissionBlocks, { root: repositoryRoot, write: process.argv.includes('--write') });
