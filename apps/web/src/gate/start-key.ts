/** A random key; also on plain http, where browsers withhold `crypto.randomUUID`. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Gives the Idempotency-Key of a body. */
export interface StartKeys {
  keyOf: (body: unknown) => string;
  /** After an answer was kept under a key, the same body sent again is a new intention. */
  used: (body: unknown) => void;
}

/** Made when a form opens: one key for each body, so that a double click or a repeat after a lost answer is one run. */
export function makeStartKeys(random: () => string = randomKey): StartKeys {
  const keys = new Map<string, string>();
  return {
    keyOf: (body) => {
      const text = JSON.stringify(body);
      const key = keys.get(text) ?? random();
      keys.set(text, key);
      return key;
    },
    used: (body) => {
      keys.delete(JSON.stringify(body));
    },
  };
}
