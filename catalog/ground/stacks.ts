import type { Backend, Catalog, Vault } from './catalog';
import type { Lock, LockedStack } from './lock';

/** One Terraform state. */
export type Stack = AwsNetworkStack | VaultStack;

interface AnyStack {
  /** `<env>-<provider>-<entry>`, `<env>-vault`: also the stack's name. */
  readonly id: string;
  readonly backend: Backend;
  /** What it makes, by the catalog's keys: `aws/default`, `aws/tokyo_subnet1`; `vault/mounts/secret`. Empty when it is gone. */
  readonly members: readonly string[];
  /** Ids of the stacks that must be applied before. */
  readonly requires: readonly string[];
  /** In the lock but no longer in the catalog: synthesized without resources, so that the plan shows their destruction. */
  readonly gone: boolean;
}

/** A VPC with its VPN. */
export interface AwsNetworkStack extends AnyStack {
  readonly kind: 'aws-network';
  readonly provider: string;
  readonly region: string;
}

/** All that the catalog creates in its Vault. A catalog with such a stack, gone or not, has the section `vault`. */
export interface VaultStack extends AnyStack {
  readonly kind: 'vault';
  readonly provider: 'vault';
  /** `vault.address`; for a stack that is gone, the lock's. */
  readonly address: string;
  readonly namespace?: string;
}

/** The id of a network's stack. */
export function networkStackId(environment: string, networkKey: string): string {
  return `${environment}-${networkKey.replace('/', '-')}`;
}

/** The id of the stack of what is created in Vault. */
export function vaultStackId(environment: string): string {
  return `${environment}-vault`;
}

/** The stacks of an environment: its Vault, its networks in the catalog's order, then the gone ones by id. */
export function stacksOf(catalog: Catalog, lock: Lock): readonly Stack[] {
  const live = [...vaultStack(catalog), ...networkStacks(catalog)];
  const ids = new Set(live.map((stack) => stack.id));
  const gone = Object.keys(lock.stacks)
    .filter((id) => !ids.has(id))
    .sort()
    .map((id) => goneStack(id, lock.stacks[id] as LockedStack, catalog.backend));
  return [...live, ...gone];
}

function networkStacks({ environment, networks, backend }: Catalog): readonly Stack[] {
  return networks.map(
    (network): Stack => ({
      id: networkStackId(environment, network.key),
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

function vaultStack({ environment, vault, backend }: Catalog): readonly Stack[] {
  const members = vault ? vaultMembers(vault) : [];
  if (!vault || members.length === 0) return [];
  const { address, namespace } = vault;
  const server = { address, ...(namespace === undefined ? {} : { namespace }) };
  const kind = { kind: 'vault', provider: 'vault' } as const;
  return [{ id: vaultStackId(environment), ...kind, ...server, backend, members, requires: [], gone: false }];
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

function goneStack(id: string, { backend: _, ...locked }: LockedStack, backend: Backend): Stack {
  return { id, ...locked, backend, members: [], requires: [], gone: true };
}
