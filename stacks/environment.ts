import { App } from 'cdktf';
import type { AwsNetworkUnit, Unit, VaultUnit } from '../catalog/ground/units';
import type { Loaded } from '../catalog/load';
import { AwsUnitStack } from './kinds/aws';
import { AwsNetworkStack } from './kinds/aws-network';
import { VaultStack } from './kinds/vault';
import { VaultUnitStack } from './kinds/vault-provider';
import { backendSettings, sandboxBackendSettings } from './state-backend';
import type { UnitStackProps } from './unit-stack';

export interface SynthesisOptions {
  /** The states lie in the sandbox's folder, whatever backend the catalog names. */
  readonly sandbox: boolean;
  /** @default - cdktf's: `CDKTF_OUTDIR`, else `cdktf.out` */
  readonly outDirectory?: string;
}

/** How many stacks are in memory at a time. More are no faster; 1000 at once took half a gigabyte. */
const STACKS_AT_ONCE = 25;

/** Writes a stack per unit of the environments, and the manifest of all of them. */
export function synthesize(environments: readonly Loaded[], options: SynthesisOptions): void {
  const all = environments.flatMap((loaded) => loaded.units.map((unit) => ({ loaded, unit })));
  const stacks: App['manifest']['stacks'] = {};
  for (let start = 0; start === 0 || start < all.length; start += STACKS_AT_ONCE) {
    const app = new App({ outdir: options.outDirectory });
    for (const { loaded, unit } of all.slice(start, start + STACKS_AT_ONCE))
      addUnit(app, loaded, unit, options.sandbox);
    app.synth();
    Object.assign(stacks, app.manifest.stacks);
    Object.assign(app.manifest.stacks, stacks);
    app.manifest.writeToFile();
  }
}

/** The stack of one unit. */
function addUnit(app: App, loaded: Loaded, unit: Unit, sandbox: boolean): void {
  const { environment } = loaded.catalog;
  const backend: UnitStackProps['backend'] = sandbox
    ? { type: 'local', settings: sandboxBackendSettings(app.outdir, environment, unit.id) }
    : { type: unit.backend.type, settings: backendSettings(unit.backend, environment, unit.id) };
  if (unit.kind === 'vault') addVaultUnit(app, loaded, unit, { environment, backend });
  else addNetworkUnit(app, loaded, unit, { environment, backend });
}

function addNetworkUnit(app: App, loaded: Loaded, unit: AwsNetworkUnit, props: UnitStackProps): void {
  const { catalog, allocations } = loaded;
  const { aws, site } = catalog;
  const network = catalog.networks.find((candidate) => unit.members[0] === candidate.key);
  if (!network) {
    new AwsUnitStack(app, unit.id, { ...props, aws, region: unit.region, tags: {} });
    return;
  }
  const allocation = allocations.get(network.key);
  new AwsNetworkStack(app, unit.id, { ...props, aws, network, site, allocation });
}

function addVaultUnit(app: App, { catalog }: Loaded, unit: VaultUnit, props: UnitStackProps): void {
  const { vault } = catalog;
  const server = { address: unit.address, namespace: unit.namespace, caFile: vault?.caFile };
  if (vault && !unit.gone) new VaultStack(app, unit.id, { ...props, ...server, vault });
  else new VaultUnitStack(app, unit.id, { ...props, ...server });
}
