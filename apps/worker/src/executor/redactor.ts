import type { RunEnd, RunEntry, RunWrite } from '@signalbox/db/commands/run/run-write';
import type { Json } from '@signalbox/domain/gate/canonical';
import { type KnownSecrets, knownSecrets, noSecrets } from '@signalbox/domain/observability/known-secrets';
import { redactPart, redactText } from '@signalbox/domain/observability/redact-text';
import { redactLogged, withoutKnown } from '@signalbox/domain/observability/redact-value';
import type { SafeError } from '@signalbox/domain/run/safe-error';

/** Keeps secrets out of everything that one attempt writes, before it is stored. */
export interface Redactor {
  /** Adds values that must not be shown from here on; the credential of the run's connection is one. */
  conceal(values: readonly string[]): void;
  /** Log output as it may be stored. It is given whole lines, in order; a private key may be spread over many. */
  log(text: string): string;
  /** What an attempt writes: words are redacted, data loses the known secrets only. */
  write(write: RunWrite): RunWrite;
  /** Something for the worker's own log. */
  logged(value: unknown): unknown;
}

export function createRedactor(): Redactor {
  let values: readonly string[] = [];
  let secrets: KnownSecrets = noSecrets;
  let insideKey = false;

  const text = (words: string): string => redactText(words, secrets);
  // JSON comes back as the type it had: only texts within it change.
  const data = <T>(value: T): T => withoutKnown(value as Json, secrets) as T;
  const safe = (error: SafeError): SafeError => {
    const context = Object.entries(error.context ?? {}).map(([name, value]) => {
      return [name, typeof value === 'string' ? text(value) : value] as const;
    });
    return {
      ...error,
      message: text(error.message),
      ...(error.context !== undefined && { context: Object.fromEntries(context) }),
    };
  };
  const faulty = <T extends { readonly error?: SafeError }>(part: T): T =>
    part.error === undefined ? part : { ...part, error: safe(part.error) };

  const entry = (one: RunEntry): RunEntry => {
    switch (one.kind) {
      case 'log':
        // Its patterns were looked for in the whole text, before it was cut into chunks.
        return { ...one, text: data(one.text) };
      case 'progress': {
        const { message } = one.data;
        return message === undefined ? one : { ...one, data: { ...one.data, message: text(message) } };
      }
      case 'state': {
        const { safeError } = one.data;
        return safeError === undefined ? one : { ...one, data: { ...one.data, safeError: safe(safeError) } };
      }
      case 'item':
        return {
          ...one,
          data: { ...one.data, items: one.data.items.map((item) => ({ ...item, label: data(item.label) })) },
        };
      case 'step':
      case 'request':
        return one;
    }
  };

  const end = (last: RunEnd): RunEnd => {
    if (last.kind === 'hand_back') return faulty(last);
    const { result } = last;
    const failed = result.kind === 'failed' ? { ...result, error: safe(result.error) } : result;
    return { ...last, result: failed, output: data(last.output) };
  };

  return {
    conceal: (more) => {
      values = [...values, ...more];
      secrets = knownSecrets(values);
    },
    log: (lines) => {
      const part = redactPart(lines, { secrets, insideKey });
      insideKey = part.insideKey;
      return part.text;
    },
    write: (write) => ({
      ...write,
      entries: write.entries.map(entry),
      progressMessage: write.progressMessage == null ? null : text(write.progressMessage),
      steps: write.steps.map((step) =>
        faulty(step.result === undefined ? step : { ...step, result: data(step.result) }),
      ),
      declared: write.declared.map((item) => ({ ...item, label: data(item.label) })),
      results: write.results.map((result) =>
        faulty(result.detail === undefined ? result : { ...result, detail: data(result.detail) }),
      ),
      end: write.end === null ? null : end(write.end),
    }),
    logged: (value) => redactLogged(value, secrets),
  };
}
