import type { EC2Client as SdkClient } from '@aws-sdk/client-ec2';
import { type HttpRetryBounds, retryAfterMs } from '../http/decide-retry.ts';
import { neverConnected } from '../http/never-connected.ts';
import { memberOf } from '../http/safe-code.ts';
import {
  defaultRetryBounds,
  type ThrottleNotice,
  type Tried,
  tryUntilSettled,
} from '../http/try-until-settled.ts';
import { ServerFailure } from '../servers/server-failure.ts';
import { ec2FailureOf } from './ec2-failure.ts';

/** A key of an account. */
export interface AwsCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How to reach the API. */
export interface Ec2ClientOptions {
  /** For example `eu-central-1`. */
  readonly region: string;
  readonly credential: AwsCredential;
  /** Where the API is instead of the region's own address; for the emulator. */
  readonly endpoint?: string;
  readonly onThrottle?: (notice: ThrottleNotice) => void;
  /** Changes what a call spends on waiting; for tests. */
  readonly retry?: Partial<HttpRetryBounds>;
}

type Sdk = typeof import('@aws-sdk/client-ec2');

/**
 * Does one call through the library, which is handed to `send`. Every call is safe to repeat: reads by nature, changes
 * of state by what they ask for, RunInstances by its client token. Throws ServerFailure, or the signal's reason.
 */
export type Ec2Calls = <Output>(
  send: (client: SdkClient, sdk: Sdk, options: { abortSignal: AbortSignal }) => Promise<Output>,
  signal: AbortSignal,
) => Promise<Output>;

let loading: Promise<Sdk> | undefined;

/** The library is large, so it is loaded with the first call and not with the worker. */
function loadSdk(): Promise<Sdk> {
  loading ??= import('@aws-sdk/client-ec2');
  return loading;
}

/** Makes a client; nothing is loaded and no request is sent before the first call. */
export function createEc2Client(options: Ec2ClientOptions): Ec2Calls {
  const bounds = { ...defaultRetryBounds, ...options.retry };
  const onThrottle = options.onThrottle ?? (() => undefined);
  let client: SdkClient | undefined;

  return async (send, signal) => {
    const sdk = await loadSdk();
    client ??= makeClient(sdk, options);
    const own = client;
    const tried = () => tryOnce(() => send(own, sdk, { abortSignal: signal }), signal);
    const settled = await tryUntilSettled(tried, { write: false, signal, bounds, onThrottle });
    if (settled.kind === 'broken') {
      const code = settled.unsent ? 'connection_refused' : 'connection_lost';
      throw new ServerFailure({ kind: 'unavailable', code, status: null, effect: 'none' });
    }
    const { result } = settled;
    if (settled.kind === 'throttled') {
      const code =
        result !== undefined && 'failure' in result ? result.failure.facts.code : 'RequestLimitExceeded';
      const { retryAfterMs: wait } = settled;
      throw new ServerFailure({ kind: 'throttled', code, status: 503, effect: 'none', retryAfterMs: wait });
    }
    if (result === undefined || 'failure' in result)
      throw result?.failure ?? new Error('a call without a result');
    return result.output;
  };
}

/**
 * Nothing is taken from the environment or from files of whoever runs the worker: neither credentials nor addresses.
 * Repeats are ours, because those of the library know neither our bounds nor the connection's throttle.
 */
function makeClient(sdk: Sdk, { region, credential, endpoint }: Ec2ClientOptions): SdkClient {
  const { accessKeyId, secretAccessKey } = credential;
  return new sdk.EC2Client({
    region,
    endpoint: endpoint ?? endpointOf(region),
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'signalbox',
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  });
}

/** Address of EC2 in a region; the regions of China are under a domain of their own. */
function endpointOf(region: string): string {
  return `https://ec2.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

type Outcome<Output> = { readonly output: Output } | { readonly failure: ServerFailure };

async function tryOnce<Output>(
  send: () => Promise<Output>,
  signal: AbortSignal,
): Promise<Tried<Outcome<Output>>> {
  try {
    const output = await send();
    return { attempt: { kind: 'answer', status: 200, retryAfterMs: undefined }, result: { output } };
  } catch (error) {
    signal.throwIfAborted();
    const failure = ec2FailureOf(error);
    if (failure === null) return { attempt: { kind: 'broken', unsent: neverConnected(error) } };
    const { kind, status } = failure.facts;
    // The service throttles with 503, and says with 500 that it has nothing free, which no repeat in seconds changes.
    const as = kind === 'throttled' ? 429 : kind === 'unavailable' ? (status ?? 500) : 400;
    return {
      attempt: { kind: 'answer', status: as, retryAfterMs: waitNamedBy(error) },
      result: { failure },
    };
  }
}

function waitNamedBy(error: unknown): number | undefined {
  const header = memberOf(memberOf(memberOf(error, '$response'), 'headers'), 'retry-after');
  return retryAfterMs(typeof header === 'string' ? header : null, Date.now());
}
