import { isServerProvider, type ServerProviderName, serverProviders } from '../connection/providers.ts';
import { namePattern, providerWordPattern } from './names.ts';
import type { ClusterSpec } from './plan-cluster.ts';
import {
  parseSettingsText,
  type SettingsFault,
  type SettingsField,
  type SettingsValue,
} from './settings-text.ts';

/** What the settings file of an infra says. */
export interface InfraSettings {
  readonly provider: ServerProviderName;
  readonly servers: readonly { readonly name: string; readonly plan: string; readonly zone: string }[];
  readonly taskservs: readonly string[];
  readonly clusters: readonly ClusterSpec[];
}

/** As many problems as are told at once. */
const mostProblems = 50;

/** The most a settings file may name. */
export const infraLimits = { servers: 100, taskservs: 50, clusters: 20, clusterSize: 100 } as const;

const keys = ['provider', 'server_configs', 'taskservs', 'clusters'] as const;

/**
 * Reads the settings file of an infra: `provider`, `server_configs`, `taskservs` and `clusters`, of which only the
 * provider is needed. Anything else is a problem with its line; the first 50 are told at once.
 */
export function parseInfraFile(
  text: string,
): { readonly settings: InfraSettings } | { readonly problems: readonly SettingsFault[] } {
  const read = parseSettingsText(text);
  if ('fault' in read) return { problems: [read.fault] };
  const problems: SettingsFault[] = [];
  const judge = new Judge(problems);
  const byName = judge.known(read.fields, keys);
  const providerAt = byName.get('provider');
  const provider = providerAt === undefined ? null : judge.text(providerAt);
  if (providerAt === undefined) problems.push({ line: 1, message: 'The settings name no `provider`.' });
  if (provider !== null && !isServerProvider(provider))
    problems.push({
      line: providerAt?.line ?? 1,
      message: `The provider is one of ${serverProviders.join(', ')}.`,
    });
  const servers = judge.list(byName.get('server_configs'), infraLimits.servers).map((value) => {
    const parts = judge.parts(value, ['name', 'plan', 'zone']);
    return {
      name: judge.word(parts.get('name'), namePattern),
      plan: judge.word(parts.get('plan'), providerWordPattern),
      zone: judge.word(parts.get('zone'), providerWordPattern),
    };
  });
  const taskservs = judge
    .list(byName.get('taskservs'), infraLimits.taskservs)
    .map((value) => judge.word(value, namePattern));
  const clusters = judge.list(byName.get('clusters'), infraLimits.clusters).map((value) => {
    const parts = judge.parts(value, ['name', 'type', 'size']);
    return {
      name: judge.word(parts.get('name'), namePattern),
      type: judge.word(parts.get('type'), namePattern),
      size: judge.size(parts.get('size')),
    };
  });
  judge.unique(
    byName.get('server_configs'),
    servers.map(({ name }) => name),
  );
  judge.unique(byName.get('taskservs'), taskservs);
  judge.unique(
    byName.get('clusters'),
    clusters.map(({ name }) => name),
  );
  if (problems.length > 0 || provider === null || !isServerProvider(provider))
    return { problems: problems.sort((a, b) => a.line - b.line).slice(0, mostProblems) };
  return { settings: { provider, servers, taskservs, clusters } };
}

/** Asks values what they are; whatever is wrong is noted, and something harmless stands in for it. */
class Judge {
  private readonly problems: SettingsFault[];

  constructor(problems: SettingsFault[]) {
    this.problems = problems;
  }

  known(fields: readonly SettingsField[], names: readonly string[]): ReadonlyMap<string, SettingsValue> {
    const found = new Map<string, SettingsValue>();
    for (const { name, line, value } of fields) {
      if (!names.includes(name)) this.note(line, `\`${name}\` is not one of ${names.join(', ')}.`);
      else if (found.has(name)) this.note(line, `\`${name}\` stands here a second time.`);
      else found.set(name, value);
    }
    return found;
  }

  parts(value: SettingsValue, names: readonly string[]): ReadonlyMap<string, SettingsValue> {
    if (value.kind !== 'fields') {
      this.note(value.line, `{ ${names.join(', ')} } is expected.`);
      return new Map();
    }
    const parts = this.known(value.fields, names);
    for (const name of names) if (!parts.has(name)) this.note(value.line, `\`${name}\` is missing.`);
    return parts;
  }

  list(value: SettingsValue | undefined, most: number): readonly SettingsValue[] {
    if (value === undefined) return [];
    if (value.kind !== 'list') {
      this.note(value.line, 'A list in [ ] is expected.');
      return [];
    }
    if (value.items.length <= most) return value.items;
    // What is far too long is not looked at: that would take long, and so would the answer.
    this.note(value.line, `The list holds more than ${most}.`);
    return [];
  }

  text(value: SettingsValue): string | null {
    if (value.kind === 'text') return value.text;
    this.note(value.line, 'A text in quotation marks is expected.');
    return null;
  }

  word(value: SettingsValue | undefined, pattern: RegExp): string {
    if (value === undefined) return '';
    const text = this.text(value) ?? '';
    if (value.kind === 'text' && !pattern.test(text))
      this.note(
        value.line,
        'A name holds letters, digits and . _ - after the first, and no more than 63 of them.',
      );
    return text;
  }

  size(value: SettingsValue | undefined): number {
    if (value === undefined) return 1;
    if (value.kind === 'number' && Number.isInteger(value.number)) {
      if (value.number >= 1 && value.number <= infraLimits.clusterSize) return value.number;
    }
    this.note(value.line, `A whole number from 1 to ${infraLimits.clusterSize} is expected.`);
    return 1;
  }

  unique(at: SettingsValue | undefined, names: readonly string[]): void {
    const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
    if (twice !== undefined) this.note(at?.line ?? 1, `\`${twice}\` is named twice.`);
  }

  private note(line: number, message: string): void {
    this.problems.push({ line, message });
  }
}
