/** A page of the console inside a workspace, with what narrows it. A number leads to the list that produces it. */
export interface Place {
  /** Below the workspace, such as `/runs`. */
  readonly path: `/${string}`;
  /** Members of the URL's search; the list must mean by them what the number counted. */
  readonly search: Readonly<Record<string, string>>;
}

export function placeOf(path: Place['path'], search: Place['search'] = {}): Place {
  return { path, search };
}

/** The address of a place. Commas stay readable: they are legal in a query. */
export function hrefOf(workspaceId: string, place: Place): string {
  const query = Object.entries(place.search)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&');
  return `/w/${workspaceId}${place.path}${query === '' ? '' : `?${query}`}`;
}
