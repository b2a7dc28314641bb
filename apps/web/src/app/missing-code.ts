const key = 'signalbox.reloaded';
/** A second failure within this time is no old page but a broken build, and loading it again would not end, ms. */
const onceInMs = 60_000;

/** When the server was given a new build, parts of the old one are gone: the page is loaded anew, with its URL as its state. */
export function reloadWhenCodeIsMissing(): void {
  addEventListener('vite:preloadError', () => {
    try {
      if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < onceInMs) return;
      sessionStorage.setItem(key, String(Date.now()));
    } catch {
      // Without storage a loop could not be told from a new build, so the page stays as it is.
      return;
    }
    location.reload();
  });
}
