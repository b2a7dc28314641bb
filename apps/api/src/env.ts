import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { readKeyring } from '@signalbox/db/secrets/read-keyring';
import { z } from 'zod';
import { defaultLimits, type LimitSettings } from './access/limits.ts';
import { namesProxies } from './http/remote-address.ts';

/** What the API is told from outside. */
export interface ApiEnv {
  readonly databaseUrl: string;
  readonly port: number;
  readonly host: string;
  readonly keyring: Keyring;
  readonly demo: boolean;
  readonly demoPassword: string;
  /** Where the built console lies; undefined serves the API alone. */
  readonly webDirectory: string | undefined;
  /** The address people use when a proxy stands in front, such as `https://signalbox.example`. */
  readonly publicOrigin: string | undefined;
  /** Where an administrator of a tenant grants consent, without a slash at the end. */
  readonly graphLoginUrl: string;
  /** The proxies whose X-Forwarded-For is believed; undefined when nobody's is. */
  readonly trustedProxies: string | undefined;
  /** Requests a minute of one caller, or of one address before that is known; 0 for no limit. */
  readonly requestsPerMinute: number;
  /** How many attempts to sign in, to give a code and to refresh are let through. */
  readonly limits: LimitSettings;
  /** What the billing system sends to set a tier; undefined leaves it to owners. */
  readonly tierSecret: string | undefined;
  /** Below it every infra is a directory with its settings; processes on several machines share it. */
  readonly infraRoot: string;
  readonly logLevel: string;
}

const optional = z
  .string()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const shape = z.object({
  DATABASE_URL: z
    .string({ error: 'DATABASE_URL is missing: the address of a migrated PostgreSQL database.' })
    .min(1),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3_000),
  HOST: z.string().min(1).default('127.0.0.1'),
  SIGNALBOX_KEYS: optional,
  SIGNALBOX_KEYS_FILE: optional,
  SIGNALBOX_DEMO: z.enum(['0', '1']).default('0'),
  SIGNALBOX_DEMO_PASSWORD: z.string().min(1).default('signalbox-demo'),
  SIGNALBOX_WEB_DIR: optional,
  SIGNALBOX_PUBLIC_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text).origin)
    .optional(),
  SIGNALBOX_GRAPH_LOGIN_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://login.microsoftonline.com')
    .transform((text) => text.replace(/\/+$/, '')),
  SIGNALBOX_TRUST_PROXY: optional.refine((text) => text === undefined || namesProxies(text), {
    error: 'addresses or networks, separated by commas, or loopback, linklocal, uniquelocal',
  }),
  SIGNALBOX_LIMITS: optional.transform((text, context) => {
    const limits = readLimits(text ?? '');
    if (limits === null)
      context.addIssue('name=number pairs, separated by commas; names: address, account, codes, refresh');
    return limits ?? z.NEVER;
  }),
  WORKSPACE_TIER_UPDATE_SECRET: optional.refine(
    (text) => text === undefined || /^[\x21-\x7e]{16,1024}$/.test(text),
    {
      error: '16 to 1,024 visible ASCII characters without spaces, since it travels in a header',
    },
  ),
  SIGNALBOX_RATE_LIMIT: z.coerce.number().int().min(0).max(10_000_000).default(6_000),
  SIGNALBOX_INFRA_DIR: z.string().min(1).default('.signalbox/infras'),
  SIGNALBOX_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/**
 * Reads the environment; nothing else in the API does.
 * @throws Error naming the variable that is missing or wrong, never its value
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): ApiEnv {
  const parsed = shape.safeParse(source);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not right. ${faults.join(' ')}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    port: env.PORT,
    host: env.HOST,
    keyring: readKeyring({ keys: env.SIGNALBOX_KEYS, file: env.SIGNALBOX_KEYS_FILE }),
    demo: env.SIGNALBOX_DEMO === '1',
    demoPassword: env.SIGNALBOX_DEMO_PASSWORD,
    webDirectory: consoleDirectory(env.SIGNALBOX_WEB_DIR),
    publicOrigin: env.SIGNALBOX_PUBLIC_ORIGIN,
    graphLoginUrl: env.SIGNALBOX_GRAPH_LOGIN_URL,
    trustedProxies: env.SIGNALBOX_TRUST_PROXY,
    requestsPerMinute: env.SIGNALBOX_RATE_LIMIT,
    limits: env.SIGNALBOX_LIMITS,
    tierSecret: env.WORKSPACE_TIER_UPDATE_SECRET,
    infraRoot: env.SIGNALBOX_INFRA_DIR,
    logLevel: env.SIGNALBOX_LOG_LEVEL,
  };
}

/** `address=100,codes=15` over the defaults, or null when it is not of this form. */
function readLimits(text: string): LimitSettings | null {
  const given =
    text === '' ? [] : text.split(',').map((pair) => /^([a-z]+)=([1-9][0-9]{0,8})$/.exec(pair.trim()));
  const known = given.every((pair) => pair?.[1] !== undefined && Object.hasOwn(defaultLimits, pair[1]));
  if (!known) return null;
  return { ...defaultLimits, ...Object.fromEntries(given.map((pair) => [pair?.[1], Number(pair?.[2])])) };
}

/** Where the build of the web app puts the console. */
const builtConsole = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The console to serve: the one that was named, else the built one, else none. */
function consoleDirectory(named: string | undefined): string | undefined {
  const directory = named === undefined ? builtConsole : resolve(named);
  if (existsSync(join(directory, 'index.html'))) return directory;
  if (named === undefined) return undefined;
  throw new Error(`SIGNALBOX_WEB_DIR: there is no built console in ${directory}.`);
}
