/** A plan as `GET /1.3/plan` lists it; memory in MB, storage in GB. */
export interface UpcloudPlan {
  name: string;
  core_number: number;
  memory_amount: number;
  public_traffic_out: number;
  storage_size: number;
  storage_tier: 'maxiops' | 'standard';
}

const plan = (name: string, size: [cores: number, memory: number, disk: number]): UpcloudPlan => ({
  name,
  core_number: size[0],
  memory_amount: size[1],
  public_traffic_out: 1024 * size[0],
  storage_size: size[2],
  storage_tier: name.startsWith('DEV-') ? 'standard' : 'maxiops',
});

/** A selection of the plans of the real service. */
export const upcloudPlans: readonly UpcloudPlan[] = [
  plan('DEV-1xCPU-1GB', [1, 1024, 20]),
  plan('DEV-1xCPU-2GB', [1, 2048, 30]),
  plan('1xCPU-1GB', [1, 1024, 25]),
  plan('1xCPU-2GB', [1, 2048, 50]),
  plan('2xCPU-4GB', [2, 4096, 80]),
  plan('4xCPU-8GB', [4, 8192, 160]),
  plan('6xCPU-16GB', [6, 16384, 320]),
  plan('8xCPU-32GB', [8, 32768, 640]),
  plan('16xCPU-64GB', [16, 65536, 960]),
];

/** A selection of the zones of the real service. */
export const upcloudZones: readonly { id: string; description: string; public: 'yes' }[] = [
  { id: 'au-syd1', description: 'Sydney #1', public: 'yes' },
  { id: 'de-fra1', description: 'Frankfurt #1', public: 'yes' },
  { id: 'es-mad1', description: 'Madrid #1', public: 'yes' },
  { id: 'fi-hel1', description: 'Helsinki #1', public: 'yes' },
  { id: 'fi-hel2', description: 'Helsinki #2', public: 'yes' },
  { id: 'nl-ams1', description: 'Amsterdam #1', public: 'yes' },
  { id: 'pl-waw1', description: 'Warsaw #1', public: 'yes' },
  { id: 'se-sto1', description: 'Stockholm #1', public: 'yes' },
  { id: 'sg-sin1', description: 'Singapore #1', public: 'yes' },
  { id: 'uk-lon1', description: 'London #1', public: 'yes' },
  { id: 'us-chi1', description: 'Chicago #1', public: 'yes' },
  { id: 'us-nyc1', description: 'New York #1', public: 'yes' },
];

/** Templates a disk can be cloned from, smallest disk in GB; those with cloud-init ask for the metadata service. */
export const upcloudTemplates: readonly { uuid: string; size: number; cloudInit: boolean }[] = [
  { uuid: '01000000-0000-4000-8000-000030220200', size: 4, cloudInit: true },
  { uuid: '01000000-0000-4000-8000-000030240200', size: 4, cloudInit: true },
  { uuid: '01000000-0000-4000-8000-000020070100', size: 3, cloudInit: true },
];
