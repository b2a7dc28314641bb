/** Prints named steps with the time each took. */
export interface Steps {
  /** Runs one step; a failure is printed with the step's name and thrown on. */
  step<T>(name: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
}

/** Steps that print to `write`, one line each, when they are done. */
export function createSteps(write: (text: string) => void): Steps {
  return {
    async step(name, work) {
      const began = performance.now();
      let noted = '';
      const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(7);
      try {
        const result = await work((text) => {
          noted = text;
        });
        write(`  ✓ ${name.padEnd(22)}${seconds()}${noted === '' ? '' : `   ${noted}`}\n`);
        return result;
      } catch (error) {
        write(`  ✗ ${name.padEnd(22)}${seconds()}\n`);
        throw error;
      }
    },
  };
}
