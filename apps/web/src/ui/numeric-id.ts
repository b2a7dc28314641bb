/** An id in a path as the API takes it, or null when no thing can have it. */
export function numericId(text: string): number | null {
  const id = Number(text);
  return /^[1-9][0-9]{0,9}$/.test(text) && id <= 2_147_483_647 ? id : null;
}
