import type { App } from 'cdktf';
import type { Loaded } from '../catalog/load';
import type { Unit } from '../catalog/units';
import { AwsNetworkStack } from './aws-network-stack';
import { AwsUnitStack, type UnitStackProps } from './aws-unit-stack';
import { backendSettings, sandboxBackendSettings } from './state-backend';

export interface EnvironmentOptions {
  /** The states lie in the sandbox's folder, whatever backend the catalog names. */
  readonly sandbox: boolean;
}

/** Adds the stacks of one environment to the app: one per unit. */
export function addEnvironment(app: App, loaded: Loaded, options: EnvironmentOptions): void {
  const { catalog, allocations, units } = loaded;
  const { environment, aws, site } = catalog;
  const backendOf = (unit: Unit): UnitStackProps['backend'] =>
    options.sandbox
      ? { type: 'local', settings: sandboxBackendSettings(app.outdir, environment, unit.id) }
      : { type: unit.backend.type, settings: backendSettings(unit.backend, environment, unit.id) };
  for (const unit of units) {
    const backend = backendOf(unit);
    const network = catalog.networks.find((candidate) => unit.members[0] === candidate.key);
    if (!network) {
      new AwsUnitStack(app, unit.id, { environment, aws, backend, region: unit.region, tags: {} });
      continue;
    }
    const allocation = allocations.get(network.key);
    new AwsNetworkStack(app, unit.id, { environment, aws, backend, network, site, allocation });
  }
}
