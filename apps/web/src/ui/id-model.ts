/** Shortens an id in the middle: its start names the kind, its end tells two ids apart. */
export function shortenId(id: string, most = 14): string {
  if (id.length <= most) return id;
  const tail = Math.ceil((most - 1) / 2);
  return `${id.slice(0, most - 1 - tail)}…${id.slice(-tail)}`;
}
