const widths = ['w-40', 'w-28', 'w-52', 'w-36', 'w-44'];

/** Grey bars in the place of what is coming, of the same height, shown only when it takes a moment. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div className="late" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
        <div key={at} className="flex h-(--row) items-center gap-6 border-b border-line px-4 last:border-0">
          <span className="h-3 w-20 rounded-sm bg-sunken" />
          <span className={`h-3 rounded-sm bg-sunken ${widths[at % widths.length]}`} />
          <span className="ml-auto h-3 w-16 rounded-sm bg-sunken" />
        </div>
      ))}
    </div>
  );
}

/** One grey block in the place of a panel. */
export function SkeletonBlock({ className = 'h-24' }: { className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={`late panel p-4 ${className}`}>
      <div className="h-4 w-48 rounded-sm bg-sunken" />
      <div className="mt-3 h-3 w-72 max-w-full rounded-sm bg-sunken" />
    </div>
  );
}
