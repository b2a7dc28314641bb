/** Which requests a fault meets; an absent member matches all. */
export interface FaultMatch {
  method?: string;
  /** A part of the path, for example `/deviceConfigurations`; of Amazon EC2 the action, for example `/RunInstances`. */
  path?: string;
  /** A part of the query (of Amazon EC2 the form), for example `$skiptoken` for every page after the first. */
  query?: string;
  /** Tenant alias, where the service has tenants. */
  tenant?: string;
}

/** A fault on demand. */
export interface FaultRule {
  match: FaultMatch;
  /** How many requests it meets before it is used up. */
  times: number;
  /** Lets so many matching requests pass first. */
  skip?: number;
  /** Answer with this text as it is, JSON or not, with status 200 unless `status` says otherwise. */
  text?: string;
  /** Answer with this status instead of the real one; absent: only delay or drop. */
  status?: number;
  /** The service's error code; a usual one for the status when absent. */
  code?: string;
  /** Seconds in Retry-After; absent: the header is absent. */
  retryAfter?: number;
  /** Waits so long before anything else happens. */
  delayMs?: number;
  /** Closes the connection without an answer. */
  dropConnection?: boolean;
  /** The request takes effect first, and only its answer is lost or replaced. */
  afterEffect?: boolean;
}

/** What a rule is compared with. */
export interface FaultedRequest {
  method: string;
  path: string;
  /** The query with its escapes taken out. */
  query: string;
  tenant: string | undefined;
}

/** The rules in force, first match first. */
export interface FaultBook {
  add(rule: FaultRule): void;
  /** The rule that meets this request, its count taken down by one. */
  take(request: FaultedRequest): FaultRule | undefined;
  list(): FaultRule[];
  clear(): void;
}

/** Makes an empty fault book. */
export function createFaultBook(): FaultBook {
  let rules: FaultRule[] = [];
  return {
    add: (rule) => void rules.push({ ...rule }),
    take(request) {
      const found = rules.find(({ match, times }) => times > 0 && meets(match, request));
      if (found === undefined) return undefined;
      if (found.skip !== undefined && found.skip > 0) {
        found.skip -= 1;
        return undefined;
      }
      found.times -= 1;
      rules = rules.filter((rule) => rule.times > 0);
      return found;
    },
    list: () => rules.map((rule) => ({ ...rule })),
    clear: () => {
      rules = [];
    },
  };
}

function meets(match: FaultMatch, request: FaultedRequest): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase() === request.method) &&
    (match.path === undefined || request.path.includes(match.path)) &&
    (match.query === undefined || request.query.includes(match.query)) &&
    (match.tenant === undefined || match.tenant === request.tenant)
  );
}
