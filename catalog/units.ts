import type { Backend, Catalog } from './catalog';
import type { Lock } from './lock';

/** One Terraform state. */
export interface Unit {
  /** `<env>-<provider>-<entry>`: also the stack's name. */
  readonly id: string;
  readonly kind: 'aws-network';
  readonly provider: string;
  readonly region: string;
  readonly backend: Backend;
  /** Keys of the catalog entries that it makes: `aws/default`, `aws/tokyo_subnet1`. Empty when it is gone. */
  readonly members: readonly string[];
  /** Ids of the units that must be applied before. */
  readonly requires: readonly string[];
  /** In the lock but no longer in the catalog: synthesized without resources, so that the plan shows their destruction. */
  readonly gone: boolean;
}

/** The id of a network's unit. */
export function networkUnitId(environment: string, networkKey: string): string {
  return `${environment}-${networkKey.replace('/', '-')}`;
}

/** The units of an environment: those of the catalog in its order, then the gone ones by id. */
export function unitsOf(catalog: Catalog, lock: Lock): readonly Unit[] {
  const live = catalog.networks.map(
    (network): Unit => ({
      id: networkUnitId(catalog.environment, network.key),
      kind: 'aws-network',
      provider: 'aws',
      region: network.region,
      backend: catalog.backend,
      members: network.subnets.map((subnet) => `aws/${subnet.entry}`),
      requires: [],
      gone: false,
    }),
  );
  const ids = new Set(live.map((unit) => unit.id));
  const gone = Object.keys(lock.units)
    .filter((id) => !ids.has(id))
    .sort()
    .map((id): Unit => {
      const locked = lock.units[id] as Lock['units'][string];
      return {
        id,
        kind: locked.kind,
        provider: locked.provider,
        region: locked.region,
        backend: catalog.backend,
        members: [],
        requires: [],
        gone: true,
      };
    });
  return [...live, ...gone];
}
