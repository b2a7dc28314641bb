/** The providers whose connections belong to a tenant, and reach what that tenant has there. */
export const tenantProviders = ['graph'] as const;
export type TenantProvider = (typeof tenantProviders)[number];

/** The providers of servers, whose connections belong to a workspace as a whole. */
export const serverProviders = ['local', 'upcloud', 'aws', 'terraform'] as const;
export type ServerProviderName = (typeof serverProviders)[number];

/** Every provider Signalbox reaches. Names are append-only. */
export const providers = [...tenantProviders, ...serverProviders] as const;
export type Provider = (typeof providers)[number];

/** What reaching a provider takes. */
export interface ProviderTraits {
  /** As people call it. */
  readonly label: string;
  /** Whether it asks for a credential. */
  readonly credential: boolean;
  /** Whether an administrator on the other side has to consent first. */
  readonly consent: boolean;
  /** A program a worker needs to reach it; null when it needs none. */
  readonly tool: WorkerTool | null;
}

/** Programs that not every worker has. */
export const workerTools = ['terraform'] as const;
export type WorkerTool = (typeof workerTools)[number];

export const providerTraits: Readonly<Record<Provider, ProviderTraits>> = {
  graph: { label: 'Microsoft Graph', credential: true, consent: true, tool: null },
  local: { label: 'Local', credential: false, consent: false, tool: null },
  upcloud: { label: 'UpCloud', credential: true, consent: false, tool: null },
  aws: { label: 'Amazon EC2', credential: true, consent: false, tool: null },
  terraform: { label: 'Terraform', credential: false, consent: false, tool: 'terraform' },
};

export function isProvider(text: unknown): text is Provider {
  return providers.some((each) => each === text);
}

export function isServerProvider(text: unknown): text is ServerProviderName {
  return serverProviders.some((each) => each === text);
}
