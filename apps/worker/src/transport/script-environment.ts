/** All that a script finds in its environment on a server that is a folder. */
export function environmentOf(folder: string): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: folder,
    LC_ALL: 'C',
  };
}
