import type { AddressedResource } from '../../../../terraform/plan/prior-resources';
import type { ChangedObject, KindDrift, Unmanaged, UnmanagedQuestion } from '../../drift';

type Values = Readonly<Record<string, unknown>>;

/** What is looked for on Azure. */
export const AZURE_DRIFT: KindDrift = {
  unmanaged: (resources) => [
    ...namedIn(resources, {
      what: 'rule',
      parent: 'azurerm_network_security_group',
      list: 'security_rule',
      child: 'azurerm_network_security_rule',
      of: 'network_security_group_name',
    }),
    ...namedIn(resources, {
      what: 'route',
      parent: 'azurerm_route_table',
      list: 'route',
      child: 'azurerm_route',
      of: 'route_table_name',
    }),
  ],
  questions: (resources) =>
    groupsOf(resources).flatMap((group) =>
      [
        listedIn(group, 'connections', 'connection'),
        listedIn(group, 'localNetworkGateways', 'local network gateway'),
      ].map((one) => ({ ...one, read: (answer: unknown) => withoutOurs(one.read(answer), resources) })),
    ),
  who: askActivityLog,
};

interface Listing {
  readonly what: string;
  readonly parent: string;
  /** The attribute of the parent that lists all that it has. */
  readonly list: string;
  readonly child: string;
  /** The attribute of the child that names its parent. */
  readonly of: string;
}

/** What a resource lists and no resource of ours is. */
function namedIn(resources: readonly AddressedResource[], listing: Listing): readonly Unmanaged[] {
  const { what, parent, list, child, of } = listing;
  const key = (group: unknown, name: unknown, one: unknown) =>
    `${text(group).toLowerCase()} ${text(name).toLowerCase()} ${text(one).toLowerCase()}`;
  const ours = new Set(
    resources
      .filter(({ type }) => type === child)
      .map(({ values }) => key(values.resource_group_name, values[of], values.name)),
  );
  return resources
    .filter(({ type }) => type === parent)
    .flatMap(({ address, values }) =>
      maps(values[list])
        .filter((one) => !ours.has(key(values.resource_group_name, values.name, one.name)))
        .map((one) => ({ what, id: text(one.name), in: address, listedIn: list })),
    );
}

/** The resource groups in which we have a gateway. */
function groupsOf(resources: readonly AddressedResource[]): readonly string[] {
  const gateways = resources.filter(({ type }) => type === 'azurerm_virtual_network_gateway');
  return [...new Set(gateways.map(({ values }) => text(values.resource_group_name)))].filter(
    (one) => one !== '',
  );
}

function listedIn(group: string, type: string, what: string): UnmanagedQuestion {
  const data = { azurerm_resources: { resource_group_name: group, type: `Microsoft.Network/${type}` } };
  return {
    question: { data, value: `\${data.azurerm_resources.NAME.resources}` },
    read: (answer) =>
      maps(answer)
        .filter(({ tags }) => maps([tags])[0]?.['kakehashi:entry'] === undefined)
        .map(({ id }) => ({ what, id: text(id) })),
  };
}

/** What the state has is ours, whatever its tags are. */
function withoutOurs(
  found: readonly Unmanaged[],
  resources: readonly AddressedResource[],
): readonly Unmanaged[] {
  const ours = new Set(resources.map(({ values }) => text(values.id).toLowerCase()));
  return found.filter(({ id }) => !ours.has(id.toLowerCase()));
}

function askActivityLog({ values }: ChangedObject, since: string | undefined): string | undefined {
  const id = text(values.id);
  if (!/^\/subscriptions\/[A-Za-z0-9._/()-]+$/.test(id)) return undefined;
  return `az monitor activity-log list --resource-id ${id}${since === undefined ? '' : ` --start-time ${since}`}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function maps(value: unknown): readonly Values[] {
  return (Array.isArray(value) ? value : []).filter((item) => typeof item === 'object' && item !== null);
}
