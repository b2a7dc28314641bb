/** What the server found wrong with a start, sorted by the control it belongs to. */
export interface StartFaults {
  readonly input: Readonly<Record<string, string>>;
  readonly tenant: string | null;
  readonly connection: string | null;
  /** Every fault of the input with its pointer below it, for the JSON text. */
  readonly inside: readonly { readonly pointer: string; readonly detail: string }[];
}

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** "must be a number" as a sentence; of an entry of a list or map with the place it has there. */
function sentence(rest: readonly string[], detail: string): string {
  const place = rest
    .map((part) => (/^\d+$/.test(part) ? `entry ${Number(part) + 1}` : `“${part}”`))
    .join(', ');
  // A detail that is a sentence of its own stands after the place, not on from it.
  const link = /^\p{Lu}/u.test(detail) && place !== '' ? ': ' : ' ';
  const text = `${place}${link}${detail}`.trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** How many faults of one control are written out. */
const most = 3;

function told(sentences: readonly string[]): string {
  const more = sentences.length - most;
  return [...sentences.slice(0, most), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

/** Sorts the faults of an answer by their pointers (RFC 6901). What points at nothing of the form is left to the whole. */
export function startFaults(
  errors: readonly { readonly pointer: string; readonly detail: string }[],
): StartFaults {
  const input = new Map<string, string[]>();
  const of = (name: string) =>
    errors.filter(({ pointer }) => pointer === `/${name}`).map(({ detail }) => sentence([], detail));
  const inside = errors.flatMap(({ pointer, detail }) => {
    const [root, member, ...rest] = partsOf(pointer);
    if (root !== 'input') return [];
    if (member !== undefined) input.set(member, [...(input.get(member) ?? []), sentence(rest, detail)]);
    return [{ pointer: pointer.slice('/input'.length), detail }];
  });
  const tenant = of('tenantId');
  const connection = of('connectionId');
  return {
    input: Object.fromEntries([...input].map(([name, sentences]) => [name, told(sentences)])),
    tenant: tenant.length === 0 ? null : told(tenant),
    connection: connection.length === 0 ? null : told(connection),
    inside,
  };
}
