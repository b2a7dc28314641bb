/** A node under way, with the dependencies that are still to be followed. */
interface Visit {
  readonly id: string;
  readonly rest: Iterator<string>;
}

/**
 * One cycle of every knot of a graph: of every largest set of nodes that all lead to each other. A node that needs
 * itself is none. Each path is in order, every node needs the one behind it and the last the first. Tarjan's algorithm
 * with a stack of its own, so that a long chain is no deep recursion.
 */
export function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const cycles: string[][] = [];
  const visits: Visit[] = [];

  const enter = (id: string): void => {
    order.set(id, order.size);
    low.set(id, order.size - 1);
    open.push(id);
    isOpen.add(id);
    visits.push({ id, rest: (graph.get(id) ?? new Set<string>()).values() });
  };
  const reach = (id: string, height: number): void => {
    low.set(id, Math.min(low.get(id) ?? height, height));
  };
  const leave = (id: string): void => {
    visits.pop();
    const above = visits.at(-1);
    const height = low.get(id) ?? 0;
    if (above !== undefined) reach(above.id, height);
    if (height !== order.get(id)) return;
    const knot = open.splice(open.lastIndexOf(id));
    for (const one of knot) isOpen.delete(one);
    if (knot.length > 1) cycles.push(cycleWithin(graph, new Set(knot)));
  };

  for (const start of graph.keys()) {
    if (!order.has(start)) enter(start);
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const next = visit.rest.next();
      if (next.done === true) leave(visit.id);
      else if (!graph.has(next.value)) continue;
      else if (!order.has(next.value)) enter(next.value);
      else if (isOpen.has(next.value)) reach(visit.id, order.get(next.value) ?? 0);
    }
  }
  return cycles;
}

/** Walks within a knot until it comes back to where it has been. */
function cycleWithin(graph: ReadonlyMap<string, ReadonlySet<string>>, knot: ReadonlySet<string>): string[] {
  const path: string[] = [];
  const positions = new Map<string, number>();
  let [at] = knot;
  while (at !== undefined && !positions.has(at)) {
    positions.set(at, path.length);
    path.push(at);
    const here = at;
    at = [...(graph.get(here) ?? [])].find((need) => need !== here && knot.has(need));
  }
  return path.slice(positions.get(at ?? '') ?? 0);
}
