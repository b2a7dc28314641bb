import type { Executables } from '../../process/executables.ts';

/** The programs that can do it, the first that is there first: both take the same arguments and say the same things. */
const programs = ['terraform', 'tofu'] as const;
type TerraformProgram = (typeof programs)[number];

/** The program that this worker runs for the provider `terraform`; null when it has none. */
export function terraformProgram(executables: Executables): TerraformProgram | null {
  return programs.find((program) => executables.has(program)) ?? null;
}
