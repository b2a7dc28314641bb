import { Ec2Refusal } from './reply.ts';

/** The parameters of a request, with the lists of the query protocol (`Name.1`, `Name.2.Key`) put together. */
export interface Ec2Form {
  readonly action: string;
  text(name: string): string | undefined;
  /** A text that has to be there. */
  needed(name: string): string;
  number(name: string): number | undefined;
  /** The values of a list, in order. */
  list(name: string): string[];
  /** The members of a list of structures, each a form of its own. */
  structures(name: string): Ec2Form[];
}

/** Reads a form; a name without a value is an empty text. */
export function readForm(entries: Iterable<[string, string]>): Ec2Form {
  const values = new Map(entries);
  const indexes = (name: string): number[] => {
    const pattern = new RegExp(`^${name.replaceAll('.', '\\.')}\\.(\\d+)(?:\\.|$)`);
    const found = [...values.keys()]
      .map((key) => pattern.exec(key)?.[1])
      .filter((each) => each !== undefined);
    return [...new Set(found.map(Number))].sort((a, b) => a - b);
  };
  const text = (name: string): string | undefined => values.get(name);
  return {
    action: values.get('Action') ?? '',
    text,
    needed(name) {
      const value = text(name);
      if (value !== undefined && value !== '') return value;
      throw new Ec2Refusal('MissingParameter', `The request must contain the parameter ${name}`);
    },
    number(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^\d{1,9}$/.test(value)) return Number(value);
      throw new Ec2Refusal('InvalidParameterValue', `Value (${value}) for parameter ${name} is invalid.`);
    },
    list: (name) => indexes(name).map((index) => values.get(`${name}.${index}`) ?? ''),
    structures: (name) =>
      indexes(name).map((index) => {
        const prefix = `${name}.${index}.`;
        const own = [...values].filter(([key]) => key.startsWith(prefix));
        return readForm(own.map(([key, value]): [string, string] => [key.slice(prefix.length), value]));
      }),
  };
}
