import type { FaultBook } from '../http/faults.ts';
import type { WireReply, WireRequest } from '../http/wire.ts';
import type { Ledger } from './ledger.ts';
import type { GraphPermission } from './permissions.ts';
import type { ServiceArea } from './protocol.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { EmulatorSettings } from './settings.ts';
import type { TokenGrant, TokenStore } from './tokens.ts';
import type { TenantWorld, World } from './world.ts';

/** Everything one emulator process holds. */
export interface Emulator {
  world: World;
  settings: EmulatorSettings;
  readonly tokens: TokenStore;
  readonly faults: FaultBook;
  readonly ledger: Ledger;
  readonly limiter: RateLimiter;
  /** Walks over a listing that have met their throttle. */
  readonly throttledWalks: Set<string>;
  /** Numbers walks, so that each has its own tokens. */
  nextWalk(): string;
  /** Notes that a tenant changed, so that it is written to disk soon. */
  changed(tenant: TenantWorld): void;
  /** Puts everything back to the seed. */
  reset(): void;
}

/** What a Graph route gets: authenticated, permitted, within limits. */
export interface RouteCall {
  emulator: Emulator;
  tenant: TenantWorld;
  grant: TokenGrant;
  version: 'v1.0' | 'beta';
  request: WireRequest;
  /** The named parts of the path, decoded. */
  path: Record<string, string>;
  area: ServiceArea;
}

/** One Graph endpoint. */
export interface Route {
  method: string;
  /** Matched against the path behind the version; named groups become `path`. */
  pattern: RegExp;
  versions: readonly ('v1.0' | 'beta')[];
  area: ServiceArea;
  /** Any one of these suffices; empty means any valid token. */
  anyOf: readonly GraphPermission[];
  handle(call: RouteCall): WireReply | Promise<WireReply>;
}
