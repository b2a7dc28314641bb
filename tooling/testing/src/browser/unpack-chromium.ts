import { join } from 'node:path';
import { inflate } from '@sparticuz/chromium';

// Started as `unpack-chromium.ts <bin>` with TMPDIR set to the target: unpacks the browser, its fonts, its
// software renderer and the libraries that a bare machine lacks.
const [bin] = process.argv.slice(2);
if (bin === undefined) throw new Error('usage: unpack-chromium <bin>');

const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
await Promise.all(archives.map((name) => inflate(join(bin, name))));
