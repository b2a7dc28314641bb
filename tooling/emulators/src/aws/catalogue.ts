/** An instance type as DescribeInstanceTypes tells it; memory in MiB. */
export interface Ec2Type {
  readonly name: string;
  readonly vcpus: number;
  readonly memory: number;
  readonly architecture: 'x86_64' | 'arm64';
}

/** A selection of the types of the real service. */
export const ec2Types: readonly Ec2Type[] = [
  { name: 't3.micro', vcpus: 2, memory: 1024, architecture: 'x86_64' },
  { name: 't3.small', vcpus: 2, memory: 2048, architecture: 'x86_64' },
  { name: 't3.medium', vcpus: 2, memory: 4096, architecture: 'x86_64' },
  { name: 't3.large', vcpus: 2, memory: 8192, architecture: 'x86_64' },
  { name: 't4g.small', vcpus: 2, memory: 2048, architecture: 'arm64' },
  { name: 'm5.large', vcpus: 2, memory: 8192, architecture: 'x86_64' },
  { name: 'm5.xlarge', vcpus: 4, memory: 16384, architecture: 'x86_64' },
  { name: 'm7g.large', vcpus: 2, memory: 8192, architecture: 'arm64' },
  { name: 'c5.large', vcpus: 2, memory: 4096, architecture: 'x86_64' },
];

/** The zones of a region: three of them, whatever the region is called. */
export function ec2Zones(region: string): readonly string[] {
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
}

/** Images by id or by the parameter that names the newest one, and what they run on. */
export const ec2Images: Readonly<Record<string, { id: string; architecture: Ec2Type['architecture'] }>> = {
  'ami-0a1b2c3d4e5f60001': { id: 'ami-0a1b2c3d4e5f60001', architecture: 'x86_64' },
  'ami-0a1b2c3d4e5f60002': { id: 'ami-0a1b2c3d4e5f60002', architecture: 'arm64' },
  'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64': {
    id: 'ami-0a1b2c3d4e5f60001',
    architecture: 'x86_64',
  },
  'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64': {
    id: 'ami-0a1b2c3d4e5f60002',
    architecture: 'arm64',
  },
};
