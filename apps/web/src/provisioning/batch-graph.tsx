import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { operationsWord } from './batch-words.ts';
import { boxName, GraphBox } from './graph-box.tsx';
import { boxesOf, type GraphItem, groupText, itemsOfGroup, mostBoxes, readGroup } from './graph-groups.ts';
import { type GraphLayout, layOut } from './graph-layout.ts';
import { nextBox } from './graph-steps.ts';

interface BatchGraphProps {
  items: readonly GraphItem[];
  /** Ids of the chain that decides how long the whole takes; empty where it is not marked. */
  chain: readonly string[];
  onChain: (() => void) | null;
  chosen: string | undefined;
  onChoose: (id: string) => void;
  /** The group that is open, as it stands in the address. */
  group: string | undefined;
  onGroup: (group: string | undefined) => void;
}

const zooms = [0.5, 0.7, 0.85, 1, 1.25, 1.5] as const;
const least = 0.5;
/** What fits the width is never made smaller than can be read; it scrolls then. */
const readable = 0.7;

/** The room the picture has, px. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { frame, width };
}

function Lines({ layout, marked }: { layout: GraphLayout; marked: ReadonlySet<string> }) {
  const sorted = layout.lines.toSorted(
    (a, b) => Number(marked.has(`${a.from}\n${a.to}`)) - Number(marked.has(`${b.from}\n${b.to}`)),
  );
  return (
    <svg
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
      className="absolute inset-0 overflow-visible"
    >
      <defs>
        {(['plain', 'marked'] as const).map((kind) => (
          <marker
            key={kind}
            id={`tip-${kind}`}
            viewBox="0 0 8 8"
            refX={7.5}
            refY={4}
            markerWidth={8}
            markerHeight={8}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" fill={kind === 'plain' ? 'var(--line-strong)' : 'var(--accent)'} />
          </marker>
        ))}
      </defs>
      {sorted.map(({ from, to, path }) => {
        const on = marked.has(`${from}\n${to}`);
        return (
          <path
            key={`${from}\n${to}`}
            d={path}
            fill="none"
            stroke={on ? 'var(--accent)' : 'var(--line-strong)'}
            strokeWidth={on ? 2 : 1.2}
            markerEnd={`url(#tip-${on ? 'marked' : 'plain'})`}
          />
        );
      })}
    </svg>
  );
}

/**
 * Operations as a graph from left to right, wave by wave. Many are folded into groups that open. The table beside it
 * says the same in words; here the arrow keys go from box to box.
 */
export function BatchGraph(props: BatchGraphProps) {
  const { items, chain, onChain, chosen, onChoose, onGroup } = props;
  const group = readGroup(props.group);
  const graph = useMemo(() => boxesOf(items, readGroup(props.group)), [items, props.group]);
  const layout = useMemo(
    () =>
      layOut(
        graph.columns.map((boxes) => boxes.map(({ key }) => key)),
        graph.edges,
      ),
    [graph],
  );
  const boxes = graph.columns.flat();
  const { frame, width } = useWidth();
  const [wanted, setWanted] = useState<number | 'fit'>('fit');
  const [held, setHeld] = useState<string | null>(null);
  const fit = width === 0 ? 1 : Math.min(1, Math.max(readable, (width - 32) / layout.width));
  const zoom = wanted === 'fit' ? fit : wanted;
  const current =
    boxes.find(({ key }) => key === held) ?? boxes.find(({ key }) => key === chosen) ?? boxes[0];
  const marks = marksOf(
    boxes.map((box) => ({ key: box.key, ids: box.items.map(({ id }) => id) })),
    chain,
  );
  const within = group === null ? items.length : itemsOfGroup(items, group).length;
  const step = (event: KeyboardEvent<HTMLDivElement>) => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextBox(layout.boxes, current.key, event.key);
    if (next === null) return;
    event.preventDefault();
    setHeld(next);
    frame.current?.querySelector<HTMLElement>(`[data-box="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="grid gap-0">
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1 border-b border-line px-3 py-1.5">
        <IconButton
          label="Zoom in"
          onClick={() => setWanted(zooms.find((each) => each > zoom + 0.01) ?? 1.5)}
        >
          <ZoomIn size={16} aria-hidden="true" />
        </IconButton>
        <IconButton
          label="Zoom out"
          onClick={() => setWanted(zooms.findLast((each) => each < zoom - 0.01) ?? least)}
        >
          <ZoomOut size={16} aria-hidden="true" />
        </IconButton>
        <IconButton label="Fit the width" onClick={() => setWanted('fit')}>
          <Maximize2 size={15} aria-hidden="true" />
        </IconButton>
        <span className="mr-auto px-1.5 text-sm text-faint tabular-nums">{Math.round(zoom * 100)} %</span>
        {onChain !== null && (
          <Button
            look="quiet"
            aria-pressed={chain.length > 0}
            className="aria-pressed:text-accent"
            onClick={onChain}
          >
            Longest chain
          </Button>
        )}
      </div>
      {(group !== null || items.length > mostBoxes) && (
        <p className="flex min-h-9 flex-wrap items-center gap-x-3 border-b border-line px-4 py-1 text-sm text-muted">
          {group === null
            ? `${operationsWord(items.length)}, folded into groups. Open one to see into it.`
            : `${operationsWord(within)} of ${items.length}`}
          {group !== null && (
            <Button look="quiet" size="small" onClick={() => onGroup(undefined)}>
              Show the whole
            </Button>
          )}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the boxes within take the focus; the arrows go between them */}
      <div ref={frame} className="relative max-h-128 overflow-auto bg-canvas p-4" onKeyDown={step}>
        <div style={{ width: layout.width * zoom, height: layout.height * zoom }}>
          <fieldset
            aria-label="Graph of the operations"
            className="relative origin-top-left"
            style={{ width: layout.width, height: layout.height, transform: `scale(${zoom})` }}
          >
            <Lines layout={layout} marked={marks.lines} />
            {boxes.map((box) => {
              const place = layout.boxes.get(box.key);
              const [first] = box.items;
              return (
                <GraphBox
                  key={box.key}
                  box={box}
                  data-box={box.key}
                  aria-label={box.group ? `${boxName(box)}, ${operationsWord(box.items.length)}` : undefined}
                  chosen={box.group === undefined && first?.id === chosen}
                  marked={marks.boxes.has(box.key)}
                  tabIndex={box.key === current?.key ? 0 : -1}
                  style={{ left: place?.x, top: place?.y }}
                  onFocus={() => setHeld(box.key)}
                  onClick={() =>
                    box.group === undefined ? onChoose(first?.id ?? '') : onGroup(groupText(box.group))
                  }
                />
              );
            })}
          </fieldset>
        </div>
      </div>
    </div>
  );
}

/** The boxes and lines that the chain goes through. */
function marksOf(
  boxes: readonly { readonly key: string; readonly ids: readonly string[] }[],
  chain: readonly string[],
): { readonly boxes: ReadonlySet<string>; readonly lines: ReadonlySet<string> } {
  const boxOf = new Map(boxes.flatMap(({ key, ids }) => ids.map((id) => [id, key] as const)));
  const keys = chain.flatMap((id) => boxOf.get(id) ?? []);
  return {
    boxes: new Set(keys),
    lines: new Set(keys.slice(1).map((key, index) => `${keys[index]}\n${key}`)),
  };
}
