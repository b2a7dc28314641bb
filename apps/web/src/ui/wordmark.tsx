/** A semaphore with its arm raised: the line is clear. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect
        x=".75"
        y=".75"
        width="30.5"
        height="30.5"
        rx="6.5"
        fill="#18222d"
        stroke="#44566a"
        strokeWidth="1.5"
      />
      <path d="M11 5v22M7 27h8" stroke="#a3b2c3" strokeWidth="3" strokeLinecap="round" />
      <path d="M11 14.5 25 7" stroke="#fff" strokeWidth="5.4" strokeLinecap="round" />
      <circle cx="11" cy="14.5" r="4.2" fill="#4fc884" />
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
