import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inlineScript } from './vite/inline-script.ts';

const api = process.env.SIGNALBOX_API_URL ?? 'http://localhost:3000';
const beforePaint = fileURLToPath(new URL('src/preferences/before-paint.js', import.meta.url));

export default defineConfig({
  plugins: [inlineScript(beforePaint), react(), tailwindcss()],
  build: {
    target: 'es2023',
    // Nothing becomes a data: URL, so that the content security policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What every visit loads travels as two scripts: fifty small ones weigh a twelfth more. The libraries change less
    // often than the shell, so a returning visitor has them already.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 1 },
            { name: 'shell', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/trpc', '/v1', '/auth', '/openapi.json'].map((path) => [path, { target: api, changeOrigin: false }]),
    ),
  },
});
