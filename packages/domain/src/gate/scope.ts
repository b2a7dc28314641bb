/** The scope of an infra, which excludes all other work on it. */
export function infraScope(infra: string): string {
  return `infra:${infra}`;
}

/** Fills scope templates such as `t:{tenant}:c:{connection}`; a template with a part unknown yields no key. */
export function scopeKeys(
  templates: readonly string[],
  parts: { readonly tenant: number | null; readonly connection: number | null },
): string[] {
  return templates.flatMap((template) => {
    if (template.includes('{tenant}') && parts.tenant === null) return [];
    if (template.includes('{connection}') && parts.connection === null) return [];
    return template
      .replaceAll('{tenant}', String(parts.tenant))
      .replaceAll('{connection}', String(parts.connection));
  });
}
