/** A semaphore with its arm raised: the line is clear. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="7" fill="#18222d" className="dark:stroke-line" />
      <path d="M11 5.5v21M7.5 26.5h7" stroke="#8fa0b3" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M11 14.2 24.6 7.1" stroke="#f4f7fb" strokeWidth="4.6" strokeLinecap="round" />
      <circle cx="11" cy="14.2" r="3.5" fill="#4fc884" />
    </svg>
  );
}

export function Wordmark({ large = false }: { large?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark size={large ? 34 : 24} />
      <span className={`font-semibold tracking-tight ${large ? 'text-2xl' : 'text-lg'}`}>Signalbox</span>
    </span>
  );
}
