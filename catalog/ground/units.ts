import type { Backend, Catalog, Vault } from './catalog';
import type { Lock, LockedUnit } from './lock';

/** One Terraform state. */
export type Unit = AwsNetworkUnit | VaultUnit;

interface AnyUnit {
  /** `<env>-<provider>-<entry>`, `<env>-vault`: also the stack's name. */
  readonly id: string;
  readonly backend: Backend;
  /** What it makes, by the catalog's keys: `aws/default`, `aws/tokyo_subnet1`; `vault/mounts/secret`. Empty when it is gone. */
  readonly members: readonly string[];
  /** Ids of the units that must be applied before. */
  readonly requires: readonly string[];
  /** In the lock but no longer in the catalog: synthesized without resources, so that the plan shows their destruction. */
  readonly gone: boolean;
}

/** A VPC with its VPN. */
export interface AwsNetworkUnit extends AnyUnit {
  readonly kind: 'aws-network';
  readonly provider: string;
  readonly region: string;
}

/** All that the catalog creates in its Vault. A catalog with such a unit, gone or not, has the section `vault`. */
export interface VaultUnit extends AnyUnit {
  readonly kind: 'vault';
  readonly provider: 'vault';
  /** `vault.address`; for a unit that is gone, the lock's. */
  readonly address: string;
  readonly namespace?: string;
}

/** The id of a network's unit. */
export function networkUnitId(environment: string, networkKey: string): string {
  return `${environment}-${networkKey.replace('/', '-')}`;
}

/** The id of the unit of what is created in Vault. */
export function vaultUnitId(environment: string): string {
  return `${environment}-vault`;
}

/** The units of an environment: its Vault, its networks in the catalog's order, then the gone ones by id. */
export function unitsOf(catalog: Catalog, lock: Lock): readonly Unit[] {
  const live = [...vaultUnit(catalog), ...networkUnits(catalog)];
  const ids = new Set(live.map((unit) => unit.id));
  const gone = Object.keys(lock.units)
    .filter((id) => !ids.has(id))
    .sort()
    .map((id) => goneUnit(id, lock.units[id] as LockedUnit, catalog.backend));
  return [...live, ...gone];
}

function networkUnits({ environment, networks, backend }: Catalog): readonly Unit[] {
  return networks.map(
    (network): Unit => ({
      id: networkUnitId(environment, network.key),
      kind: 'aws-network',
      provider: 'aws',
      region: network.region,
      backend,
      members: network.subnets.map((subnet) => `aws/${subnet.entry}`),
      requires: [],
      gone: false,
    }),
  );
}

function vaultUnit({ environment, vault, backend }: Catalog): readonly Unit[] {
  const members = vault ? vaultMembers(vault) : [];
  if (!vault || members.length === 0) return [];
  const { address, namespace } = vault;
  const server = { address, ...(namespace === undefined ? {} : { namespace }) };
  const kind = { kind: 'vault', provider: 'vault' } as const;
  return [{ id: vaultUnitId(environment), ...kind, ...server, backend, members, requires: [], gone: false }];
}

type Creations = Pick<Vault, 'mounts' | 'policies' | 'users' | 'approles' | 'audits'>;

/** What the section creates, as `vault/mounts/secret`; nothing where there is no `create` in it. */
export function vaultMembers({ mounts, policies, users, approles, audits }: Creations): readonly string[] {
  const created = (kind: string, things: readonly { create: boolean; name: string }[]): readonly string[] =>
    things.filter(({ create }) => create).map(({ name }) => `vault/${kind}/${name}`);
  const byPath = <T extends { path: string }>(things: readonly T[]) =>
    things.map((thing) => ({ ...thing, name: thing.path }));
  return [
    ...created('mounts', byPath(mounts)),
    ...created('policies', policies),
    ...created('users', users),
    ...created('approles', approles),
    ...created('audits', byPath(audits)),
  ];
}

function goneUnit(id: string, { backend: _, ...locked }: LockedUnit, backend: Backend): Unit {
  return { id, ...locked, backend, members: [], requires: [], gone: true };
}
