/** Lets the browser save something as a file, text unless said. */
export function saveFile(name: string, parts: readonly BlobPart[], type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click; a minute is enough for any of them.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
