// Runs inline before the first paint, so that a dark console never flashes white. Keep it small: its text is
// hashed for the content security policy. Keys and values are those of preferences.ts.
(() => {
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem('signalbox.preferences') ?? '{}') ?? {};
  } catch {
    // Storage may be refused or hold something foreign; the system's choice stands then.
  }
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const dark = stored.theme === 'dark' || (stored.theme !== 'light' && prefersDark);
  document.documentElement.classList.toggle('dark', dark);
  // The browser's own bar takes the colour of the console's.
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', dark ? '#11181f' : '#ffffff');
  document.documentElement.dataset.density = stored.density === 'compact' ? 'compact' : 'comfortable';
})();
