import { ExactNumber } from '../operation/exact-number.ts';
import { writeJson } from '../operation/json-text.ts';
import { ScrollBox } from '../ui/scroll-box.tsx';

/** Of a long list or object so many members are drawn; the copy has them all. */
const mostMembers = 200;

function Leaf({ value }: { value: unknown }) {
  const tone =
    typeof value === 'string'
      ? 'text-clear'
      : typeof value === 'number'
        ? 'text-accent'
        : 'text-gate-scope-busy';
  return <span className={`break-all whitespace-pre-wrap ${tone}`}>{writeJson(value)}</span>;
}

interface NodeProps {
  name: string | null;
  value: unknown;
  depth: number;
}

function Node({ name, value, depth }: NodeProps) {
  const label = name === null ? null : <span className="text-muted">{name}: </span>;
  const isLeaf = typeof value !== 'object' || value === null || value instanceof ExactNumber;
  const members = isLeaf ? [] : Object.entries(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (isLeaf || members.length === 0) {
    return (
      <div className="pl-4">
        {label}
        {isLeaf ? <Leaf value={value} /> : `${open}${close}`}
      </div>
    );
  }
  return (
    <details open={depth < 2 || members.length <= 3} className="group/node">
      <summary className="flex min-h-6 cursor-pointer list-none items-center before:inline-block before:w-4 before:shrink-0 before:text-faint before:content-['▸'] group-open/node:before:content-['▾'] hover:bg-hover">
        {label}
        <span className="ml-1 text-faint">
          {open}
          {members.length}
          {close}
        </span>
      </summary>
      <div className="ml-1.5 border-l border-line pl-2.5">
        {members.slice(0, mostMembers).map(([key, member]) => (
          <Node key={key} name={key} value={member} depth={depth + 1} />
        ))}
        {members.length > mostMembers && (
          <div className="pl-4 text-faint">{members.length - mostMembers} more; the copy has them all</div>
        )}
      </div>
    </details>
  );
}

/** A JSON value that can be folded. All of it is text, whatever it holds. */
export function DataTree({ label, value }: { label: string; value: unknown }) {
  return (
    <ScrollBox
      aria-label={`${label} as a tree`}
      className="max-h-112 overflow-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs leading-6"
    >
      <Node name={null} value={value} depth={0} />
    </ScrollBox>
  );
}
