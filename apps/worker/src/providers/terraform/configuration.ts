import { effectDigest } from '../servers/effect-digest.ts';
import type { ServerSpec } from '../servers/server-provider.ts';

/**
 * The configuration of every infra, the same for all: what differs comes as the value of a variable, which terraform
 * never reads as an expression. `terraform_data` is built in and makes nothing but an entry in the state.
 */
export const configuration = {
  variable: {
    servers: {
      type: 'map(object({ name = string, plan = string, zone = string, key = string }))',
      default: {},
    },
  },
  resource: {
    terraform_data: {
      server: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of terraform
        for_each: '${var.servers}',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of terraform
        input: '${each.value}',
        // A server that is there stays as it is, whatever a later run wants under its name.
        lifecycle: { ignore_changes: ['input'] },
      },
    },
  },
} as const;

/** The address of a server. Its name must be an object name, so nothing in it ends the text between the quotes. */
export function addressOf(name: string): string {
  return `terraform_data.server["${name}"]`;
}

/** A target of each server, so that a run changes what it is about and nothing else of the infra. */
export function targets(names: readonly string[]): string[] {
  return names.map((name) => `-target=${addressOf(name)}`);
}

/** The values of the variables for servers to be made. */
export function variables(wanted: readonly ServerSpec[], key: (name: string) => string): object {
  const entries = wanted.map(({ name, plan, zone }) => {
    return [name, { name, plan, zone, key: effectDigest(key(name)) }] as const;
  });
  return { servers: Object.fromEntries(entries) };
}
