/** Fills a scope template such as `t:{tenant}:c:{connection}`; a template with a part unknown yields no key. */
export function scopeKeys(
  templates: readonly string[],
  parts: { readonly tenant: number | null; readonly connection: number | null },
): string[] {
  return templates.map((template) =>
    template
      .replace('{tenant}', String(parts.tenant ?? 0))
      .replace('{connection}', String(parts.connection ?? 0)),
  );
}
