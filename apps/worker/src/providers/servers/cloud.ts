import type { Server, ServerSpec } from './server-provider.ts';

/** A server as a cloud shows it. */
export interface CloudServer extends Server {
  /** It is being removed: nothing more to be had from it. */
  readonly leaving: boolean;
  /** How far its making is, from 0 to 1; null where the cloud does not say. */
  readonly progress: number | null;
}

/** A plan that can be had. */
export interface OfferedPlan {
  /** Of its disk, in GB; null where the cloud does not say. */
  readonly diskGb: number | null;
  /** What its processors run, as the cloud calls it; null where all are the same. */
  readonly architecture: string | null;
}

/** What can be had at the moment, of what was asked about. */
export interface Offer {
  readonly plans: ReadonlyMap<string, OfferedPlan>;
  readonly zones: ReadonlySet<string>;
}

/** One server to be made. */
export interface NewServer {
  readonly infra: string;
  readonly spec: ServerSpec;
  /** The stable key of the effect. */
  readonly key: string;
  readonly plan: OfferedPlan;
}

/**
 * A cloud as far as clouds differ. Each member is one deed or one look; how often, how long and in which order is the
 * same for all (cloud-provider.ts). They throw ServerFailure, or the signal's reason as soon as it aborts.
 */
export interface Cloud {
  /** As people call it. */
  readonly label: string;
  /** Every server of an infra that is not gone, in all pages. */
  list(infra: string, signal: AbortSignal): Promise<readonly CloudServer[]>;
  /** What can be had of the plans named, and the zones there are. */
  offer(plans: readonly string[], signal: AbortSignal): Promise<Offer>;
  /** Asks for a server. A repeat under the same key makes no second one. */
  begin(server: NewServer, signal: AbortSignal): Promise<CloudServer>;
  /** Starts a server that is stopped. */
  start(server: CloudServer, signal: AbortSignal): Promise<void>;
  /** One server as it is; null when it is gone, or too new to be seen. */
  look(externalId: string, signal: AbortSignal): Promise<CloudServer | null>;
  /** Takes the next step to remove a server. Safe to repeat, and nothing when it is gone or on its way. */
  end(server: CloudServer, signal: AbortSignal): Promise<void>;
}
