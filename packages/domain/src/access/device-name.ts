/** Browsers by the mark only they have, the more particular ones first: most also name those they descend from. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\/|\bChrom(?:e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const unknown = 'an unknown program';

/**
 * What a session runs in, in words its person recognises: `Firefox on Linux`, `curl`. It comes from a header anybody
 * may write, so it is a help for the eye and no proof of anything.
 */
export function deviceName(userAgent: string | null): string {
  if (userAgent === null) return unknown;
  const [, browser] = browsers.find(([mark]) => mark.test(userAgent)) ?? [];
  const [, system] = systems.find(([mark]) => mark.test(userAgent)) ?? [];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  // A program names itself first: `curl/8.5.0`, `python-requests/2.32`, `node`.
  const [, program] = /^([A-Za-z][A-Za-z0-9._ -]{0,38}?)(?:\/|\s*$|\s+\()/.exec(userAgent) ?? [];
  return program === undefined || program === 'Mozilla' ? (system ?? unknown) : program;
}
