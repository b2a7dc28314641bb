import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the provider does with a request. */
export type ProviderMood =
  /** Signs in, and has no policies. */
  | 'well'
  /** Signs in, and calls its only policy after the credential. */
  | 'echo_names'
  /** Refuses to sign in and repeats everything it was sent, in every place an answer has. */
  | 'echo_sign_in'
  /** Signs in, then fails each request and repeats the headers it was sent. */
  | 'echo_requests';

/** A provider on this machine that repeats secrets in its errors, as a broken or curious one would. */
export interface EchoingProvider {
  readonly url: string;
  /** Access tokens it has given out. */
  readonly tokens: readonly string[];
  /** Client secrets it was sent. */
  readonly seen: ReadonlySet<string>;
  mood: ProviderMood;
  close(): Promise<void>;
}

/** Starts it on a free port of the loopback address. */
export async function startEchoingProvider(): Promise<EchoingProvider> {
  const tokens: string[] = [];
  const seen = new Set<string>();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const answer = (status: number, value: object, headers: Record<string, string> = {}): void => {
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    };
    if (request.url?.includes('/oauth2/')) {
      const secret = new URLSearchParams(body).get('client_secret') ?? '';
      seen.add(secret);
      if (provider.mood === 'echo_sign_in') {
        const told = `AADSTS7000215: invalid client secret ${secret} in ${body}`;
        const echo = {
          error: 'invalid_client',
          error_description: told,
          trace_id: secret,
          correlation_id: body,
        };
        return answer(401, { ...echo, error_codes: [secret] }, { 'request-id': encodeURIComponent(secret) });
      }
      const claims = { roles: ['DeviceManagementConfiguration.Read.All'], secret };
      const token = `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.${part({ n: tokens.length })}`;
      tokens.push(token);
      return answer(200, { access_token: token, expires_in: 3_600, token_type: 'Bearer' });
    }
    if (provider.mood === 'echo_requests') {
      const sent = String(request.headers.authorization);
      const innerError = { 'request-id': sent, sent };
      return answer(
        400,
        { error: { code: sent, message: `refused ${sent}`, innerError } },
        { 'request-id': sent },
      );
    }
    if (provider.mood === 'echo_names' && request.url?.includes('/deviceConfigurations')) {
      const policy = { id: 'p1', displayName: `policy ${[...seen].at(-1)} name` };
      const type = {
        '@odata.type': '#microsoft.graph.windows10GeneralConfiguration',
        roleScopeTagIds: ['0'],
      };
      if (request.url.includes('/p1')) return answer(200, { ...policy, ...type, assignments: [] });
      return answer(200, { value: [policy] });
    }
    return answer(200, { value: [] });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: EchoingProvider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    seen,
    mood: 'well',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
