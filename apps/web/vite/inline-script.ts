import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const marker = '<!-- before-paint -->';

/**
 * Puts the before-paint script into the page, in development and in the build alike. The server reads the built page
 * and allows the script by the hash of exactly this text, so nothing may change it afterwards.
 */
export function inlineScript(scriptPath: string): Plugin {
  return {
    name: 'signalbox-inline-script',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        const text = await readFile(scriptPath, 'utf8');
        return html.replace(marker, () => `<script>\n${text}</script>`);
      },
    },
  };
}
