import { signIn } from './rest-client.ts';
import type { HistoryOptions } from './seed-history.ts';

/** Two small servers and a cluster on this machine: real folders and processes, and nothing that costs. */
const settings = `# What the infra "demo" is made of.
provider = "local"

server_configs = [
  { name = "web-01", plan = "small", zone = "local" }
  { name = "web-02", plan = "small", zone = "local" }
]

taskservs = ["nginx"]

clusters = [
  { name = "cache", type = "redis", size = 3 }
]
`;

/** Makes the infra of the examples; what somebody has made of it since is kept. Answers false when it was there. */
export async function seedInfra({
  url,
  password,
}: Pick<HistoryOptions, 'url' | 'password'>): Promise<boolean> {
  const manager = await signIn(url, 'manager', password);
  const { status } = await manager.post('/v1/infras', { name: 'demo', settings });
  if (status === 409) return false;
  if (status !== 201) throw new Error(`The infra of the demo was answered ${status}.`);
  return true;
}
