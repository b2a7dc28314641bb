import { htmlPage } from '../openapi/html.ts';

/** A page ready to be sent, with the policy that goes with it. */
export interface Page {
  readonly body: Buffer;
  /** Its Content-Security-Policy. */
  readonly policy: string;
}

/** Our own style sheet and icon; no script, no form, nothing embedded and nothing embedding it. */
const still = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

/** A page that only says something: no script, and links as the only way on. `main` is trusted HTML. */
export function stillPage(title: string, main: string): Page {
  const body = `<main id="main">${main}</main>`;
  return { body: Buffer.from(htmlPage(`${title} · Signalbox`, body, '/docs/answer.css')), policy: still };
}
