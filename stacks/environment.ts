import { App } from 'cdktf';
import type {
  AwsNetworkStack as NetworkOfStack,
  Stack,
  VaultStack as VaultOfStack,
} from '../catalog/ground/stacks';
import type { Loaded } from '../catalog/load';
import type { CatalogStackProps } from './catalog-stack';
import { AwsProviderStack } from './kinds/aws';
import { AwsNetworkStack } from './kinds/aws-network';
import { VaultStack } from './kinds/vault';
import { VaultProviderStack } from './kinds/vault-provider';
import { backendSettings, sandboxBackendSettings } from './state-backend';

export interface SynthesisOptions {
  /** The states lie in the sandbox's folder, whatever backend the catalog names. */
  readonly sandbox: boolean;
  /** @default - cdktf's: `CDKTF_OUTDIR`, else `cdktf.out` */
  readonly outDirectory?: string;
}

/** How many stacks are in memory at a time. More are no faster; 1000 at once took half a gigabyte. */
const STACKS_AT_ONCE = 25;

/** Writes every stack of the environments, and the manifest of all of them. */
export function synthesize(environments: readonly Loaded[], options: SynthesisOptions): void {
  const all = environments.flatMap((loaded) => loaded.stacks.map((stack) => ({ loaded, stack })));
  const written: App['manifest']['stacks'] = {};
  for (let start = 0; start === 0 || start < all.length; start += STACKS_AT_ONCE) {
    const app = new App({ outdir: options.outDirectory });
    for (const { loaded, stack } of all.slice(start, start + STACKS_AT_ONCE))
      addStack(app, loaded, stack, options.sandbox);
    app.synth();
    Object.assign(written, app.manifest.stacks);
    Object.assign(app.manifest.stacks, written);
    app.manifest.writeToFile();
  }
}

/** The stack of one stack. */
function addStack(app: App, loaded: Loaded, stack: Stack, sandbox: boolean): void {
  const { environment } = loaded.catalog;
  const backend: CatalogStackProps['backend'] = sandbox
    ? { type: 'local', settings: sandboxBackendSettings(app.outdir, environment, stack.id) }
    : { type: stack.backend.type, settings: backendSettings(stack.backend, environment, stack.id) };
  if (stack.kind === 'vault') addVaultStack(app, loaded, stack, { environment, backend });
  else addNetworkStack(app, loaded, stack, { environment, backend });
}

function addNetworkStack(app: App, loaded: Loaded, stack: NetworkOfStack, props: CatalogStackProps): void {
  const { catalog, allocations } = loaded;
  const { aws, site } = catalog;
  const network = catalog.networks.find((candidate) => stack.members[0] === candidate.key);
  if (!network) {
    new AwsProviderStack(app, stack.id, { ...props, aws, region: stack.region, tags: {} });
    return;
  }
  const allocation = allocations.get(network.key);
  new AwsNetworkStack(app, stack.id, { ...props, aws, network, site, allocation });
}

function addVaultStack(app: App, { catalog }: Loaded, stack: VaultOfStack, props: CatalogStackProps): void {
  const { vault } = catalog;
  const server = { address: stack.address, namespace: stack.namespace, caFile: vault?.caFile };
  if (vault && !stack.gone) new VaultStack(app, stack.id, { ...props, ...server, vault });
  else new VaultProviderStack(app, stack.id, { ...props, ...server });
}
