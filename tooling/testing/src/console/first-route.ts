import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A script that a first visit loads, and its size as it travels, bytes. */
export interface LoadedScript {
  readonly name: string;
  readonly gzipBytes: number;
}

/** Scripts whose code runs before anything is asked for: `from"./x.js"` and `import"./x.js"`, never `import("./x.js")`. */
const staticImport = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g;

/**
 * The scripts a browser has to load to show a page of the built console: those its document names, those of the page
 * itself, and whatever these import before they run. Largest first.
 * @param page the name of the page's chunk without its hash, e.g. `runs-page`
 * @throws Error when the build has no such page
 */
export function scriptsOfFirstRoute(directory: string, page: string): LoadedScript[] {
  const assets = join(directory, 'assets');
  const names = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const chunk = names.find((name) => name.startsWith(`${page}-`));
  if (chunk === undefined) throw new Error(`The build in ${directory} has no page ${page}.`);
  const html = readFileSync(join(directory, 'index.html'), 'utf8');
  const loaded = new Map<string, LoadedScript>();
  const waiting = [...[...html.matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name = '']) => name), chunk];
  for (const name of waiting) {
    if (loaded.has(name)) continue;
    const code = readFileSync(join(assets, name));
    loaded.set(name, { name, gzipBytes: gzipSync(code).byteLength });
    waiting.push(...[...code.toString().matchAll(staticImport)].map(([, next = '']) => next));
  }
  return [...loaded.values()].sort((a, b) => b.gzipBytes - a.gzipBytes);
}
