/** What can be turned while the emulator runs; times in milliseconds unless named otherwise. */
export interface Ec2Settings {
  /** Added before each answer. */
  latencyMs: number;
  /** From RunInstances or StartInstances until `running`, `pending` till then. */
  pendingMs: number;
  stoppingMs: number;
  /** From TerminateInstances until `terminated`. */
  shuttingDownMs: number;
  /** How long a terminated instance is still described; about an hour at the real service. */
  terminatedMs: number;
  /** How long a new instance is unknown to everything but a repeat of its own request. */
  unseenMs: number;
  /** The most instances on a page, also where the caller asks for more. */
  pageSize: number;
  /** vCPUs of all instances that are not terminated; beyond them 400 VcpuLimitExceeded. */
  vcpuLimit: number;
  /** Zones without capacity: 500 InsufficientInstanceCapacity. */
  fullZones: string[];
  /** Instances with one of these values in their Name tag end `terminated` instead of `running`. */
  brokenNames: string[];
  /** At most so many requests in a window, beyond them 503 RequestLimitExceeded; null for no limit. */
  rateLimit: { windowMs: number; requests: number } | null;
}

/** No artificial trouble, and delays short enough for tests. */
export const defaultEc2Settings: Ec2Settings = {
  latencyMs: 0,
  pendingMs: 60,
  stoppingMs: 30,
  shuttingDownMs: 30,
  terminatedMs: 3_600_000,
  unseenMs: 0,
  pageSize: 1000,
  vcpuLimit: 128,
  fullZones: [],
  brokenNames: [],
  rateLimit: null,
};

/** What the demo runs with: instances that take a few seconds, and are unknown for a moment. */
export const demoEc2Settings: Ec2Settings = {
  ...defaultEc2Settings,
  latencyMs: 30,
  pendingMs: 4_000,
  stoppingMs: 1_500,
  shuttingDownMs: 2_500,
  unseenMs: 400,
};
