/** On the sign-in page of an installation that has no people yet: where the way in is. */
export function SetupNeeded() {
  return (
    <div role="note" className="rounded-md border border-line bg-sunken px-3 py-2 text-sm">
      <p className="font-medium">Nobody can sign in yet.</p>
      <p className="text-muted">
        The server printed a link at its start that makes the first owner. Open it here; another start prints
        a new one.
      </p>
    </div>
  );
}
