/**
 * Where a link leads from here. One to the page one is on, that asks nothing which is not so already, keeps what else
 * the address says: what was typed, which part is open.
 */
export function fromHere(href: string, here: { readonly pathname: string; readonly search: string }): string {
  const [beforeHash = '', hash] = href.split('#', 2);
  const [pathname, search = ''] = beforeHash.split('?', 2);
  const said = new URLSearchParams(here.search);
  const asksNothingNew = [...new URLSearchParams(search)].every(([name, value]) => said.get(name) === value);
  if (pathname !== here.pathname || !asksNothingNew) return href;
  return `${here.pathname}${here.search}${hash === undefined ? '' : `#${hash}`}`;
}
