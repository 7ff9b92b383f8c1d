import { complete } from '../../ground/complete';
import type { JsonMap } from '../../ground/json';
import { machineWords } from '../../nodes/machine-words';
import { type NodePlace, placeOf } from '../../nodes/place-of';
import type { AwsSettings } from '../aws/settings';
import type { Around } from '../kind';
import type { AwsNodeGroup, NodeNetwork } from './nodes';
import type { GroupDraft } from './read';

/** The group of a draft in which no error was found. */
export function finishGroup(
  { key, group, draft, ...parts }: GroupDraft,
  settings: AwsSettings,
  around: Around<unknown>,
): AwsNodeGroup {
  const place = complete(placeOf(group.entry, around));
  const members = complete(parts.members);
  const { kind, nodes, initial, most } = members;
  const { permissionsBoundary } = settings;
  const { instanceProfile, kmsKey, architecture, placement, ssm, securityGroups, tags } = draft;
  const machine = complete(parts.machine);
  return {
    key,
    name: group.name,
    entry: group.entry,
    provider: 'aws',
    kind,
    nodes,
    initial,
    most,
    spot: parts.spot !== undefined,
    ...parts.terms,
    ...(draft.group === undefined ? {} : { unitGroup: draft.group }),
    region: textOf(place.values, 'aws_region'),
    network: networkOf(place, around),
    software: complete(parts.software),
    ...machine,
    machine: machineWords(machine.instanceTypes),
    ...(kmsKey === undefined ? {} : { kmsKey }),
    disks: parts.disks,
    architecture,
    image: complete(parts.image),
    ...(parts.spot === undefined ? {} : { spotOptions: parts.spot }),
    placement,
    ssm,
    securityGroups,
    ...(instanceProfile === 'create' ? {} : { instanceProfile }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    tags: Object.fromEntries(
      Object.entries(tags).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}

function networkOf(place: NodePlace, { environment, identities }: Around<unknown>): NodeNetwork {
  const { values, network, cidr } = place;
  const common = {
    ntpServers: textsOf(values, 'ntp_servers'),
    dnsServers: textsOf(values, 'cloud_instance_dns_servers'),
  };
  if (network === undefined)
    return {
      isBuilt: false,
      subnet: textOf(values, 'aws_vpc_subnet_id'),
      securityGroup: textOf(values, 'aws_vpc_security_group_id'),
      ...(cidr === undefined ? {} : { cidr: cidr.toString() }),
      ...common,
    };
  const { aws_vpc_security_group_name: name } = values;
  return {
    isBuilt: true,
    entryTag: `${environment}/${place.entry}`,
    networkTag: `${environment}/${network}`,
    cidr: complete(cidr).toString(),
    // The network's stack gives its group the stack's id unless it was imported.
    securityGroupName: typeof name === 'string' ? name : identities.idOf(network),
    hasInternet: place.hasInternet === true,
    services: place.services,
    ...common,
  };
}

function textOf(values: JsonMap, key: string): string {
  const value = values[key];
  return typeof value === 'string' ? value : '';
}

function textsOf(values: JsonMap, key: string): readonly string[] {
  const value = values[key];
  return Array.isArray(value) ? value.flatMap((item) => (typeof item === 'string' ? [item] : [])) : [];
}
