const lamps = [
  { x: 250, y: 250, tone: 'var(--clear)' },
  { x: 1190, y: 250, tone: 'var(--line-strong)' },
  { x: 410, y: 430, tone: 'var(--line-strong)' },
  { x: 1010, y: 610, tone: 'var(--stop)' },
  { x: 250, y: 610, tone: 'var(--caution)' },
];

/** The panel above a signalman's levers, drawn faintly behind the sign-in form. Decoration only. */
export function TrackDiagram() {
  return (
    <svg
      viewBox="0 0 1440 860"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className="absolute inset-0 -z-10 size-full"
    >
      <g fill="none" stroke="var(--line)" strokeWidth="3">
        <path d="M0 250H1440M0 430H1440M0 610H1440" />
        <path d="M300 250 480 430M960 430l180 180M620 610l180-180M1240 430l-180-180" />
        <path d="M120 610 -60 790M1320 610l180 180" />
      </g>
      {[90, 560, 900, 1360].map((x) => (
        <path
          key={x}
          d={`M${x} 240v20M${x + 40} 420v20M${x - 30} 600v20`}
          stroke="var(--canvas)"
          strokeWidth="6"
        />
      ))}
      {lamps.map(({ x, y, tone }) => (
        <g key={`${x}-${y}`}>
          <circle cx={x} cy={y} r="9" fill="var(--canvas)" stroke="var(--line-strong)" strokeWidth="1.5" />
          <circle cx={x} cy={y} r="4.5" fill={tone} />
        </g>
      ))}
    </svg>
  );
}
