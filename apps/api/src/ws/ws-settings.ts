/** How patient the event sockets are; other values are for tests. */
export interface WsSettings {
  /** Milliseconds between two pings; one that is not answered by the next ends the socket. */
  readonly heartbeatMs: number;
  /** Milliseconds between two questions whether the listener still may listen. */
  readonly recheckMs: number;
  /** Milliseconds between two looks at the feed when nothing was heard. */
  readonly lookMs: number;
  /** Milliseconds between two samples of health and metrics. */
  readonly sampleMs: number;
  /** Bytes that may wait to be taken by a reader. */
  readonly mostQueued: number;
  /** Milliseconds a reader has to take what waits once it is too much. */
  readonly slowMs: number;
  /** Frames a client may send in ten seconds. */
  readonly mostFrames: number;
  /** Sockets of one person or key on this process. */
  readonly mostSockets: number;
}

export const usualWsSettings: WsSettings = {
  heartbeatMs: 30_000,
  recheckMs: 3_000,
  lookMs: 2_000,
  sampleMs: 15_000,
  mostQueued: 1_048_576,
  slowMs: 2_000,
  mostFrames: 100,
  mostSockets: 20,
};
