import { compareTexts } from '../../../base/text/compare-texts';
import { nearest } from '../../../base/text/nearest';
import { Cidr } from '../../../model/net/cidr';
import type { NetworkDraft, SubnetDraft } from '../../environment/drafts';
import type { ProblemList } from '../../ground/problem-list';
import { ENTRY_NAME } from '../../shape/formats';
import { optional } from '../../shape/optional';
import { formatProblem } from '../../shape/read';
import { Section } from '../../shape/section';
import { type MapKey, type MapNode, nodeAt, quoted } from '../../source/node';
import { CREATE_NETWORK, CREATE_WITHIN, createdShape } from './keys';
import { readVpn } from './vpn';
import { checkZone } from './zone';

const NETWORK = createdShape(CREATE_NETWORK);
const WITHIN = createdShape(CREATE_WITHIN);

/** Reads all aws entries with `create`: networks in the order of the file, each with the subnets `within` it. */
export function readNetworks(
  root: MapNode,
  entries: readonly MapKey[],
  awsVersion: string,
  problems: ProblemList,
): readonly NetworkDraft[] {
  for (const { name, position } of entries) {
    const problem = formatProblem(name, ENTRY_NAME);
    if (problem) problems.error('bad-name', ['aws'], `a created entry ${problem.message}`, position);
  }
  const isWithin = ({ name }: MapKey): boolean =>
    nodeAt(root, ['aws', name, 'create', 'within']) !== undefined;
  const hosts = entries.filter((key) => !isWithin(key));
  const guests = entries.filter(isWithin).sort((a, b) => compareTexts(a.name, b.name));
  const subnets = new Map<string, SubnetDraft[]>();
  for (const { name } of guests) {
    const section = Section.read(root, ['aws', name], WITHIN, problems);
    const create = section?.section('create');
    if (!section || !create) continue;
    const host = checkHost(root, section, create, hosts, problems);
    if (host !== undefined) subnets.set(host, [...(subnets.get(host) ?? []), readSubnet(section, create)]);
  }
  return hosts.flatMap(({ name }) => {
    const section = Section.read(root, ['aws', name], NETWORK, problems);
    const create = section?.section('create');
    if (!section || !create) return [];
    return [readNetwork(section, create, subnets.get(name) ?? [], awsVersion, problems)];
  });
}

function readNetwork(
  section: Section,
  create: Section,
  guests: readonly SubnetDraft[],
  awsVersion: string,
  problems: ProblemList,
): NetworkDraft {
  const entry = String(section.path[1]);
  const region = section.text('aws_region');
  checkZone(section, region, problems);
  const vpn = readVpn(create, awsVersion, problems);
  for (const guest of guests) {
    const own = guest.section.text('aws_region');
    if (own !== undefined && region !== undefined && own !== region) {
      const message = `must be ${region}, the region of ${entry} that it is within, got "${own}"`;
      const [path, position] = [guest.section.pathOf('aws_region'), guest.section.at('aws_region')];
      problems.error(
        'region-differs',
        path,
        message,
        position,
        'remove it, or give the entry a VPC of its own',
      );
    } else checkZone(guest.section, region ?? own, problems);
  }
  const egress = create.text('egress');
  return {
    key: `aws/${entry}`,
    entry,
    section,
    create,
    ...optional('region', region),
    ...optional('vpcCidr', cidr(create, 'vpc_cidr')),
    ...optional('publicSubnet', cidr(create, 'public_subnet')),
    egress: egress === 'none' || egress === 'nat-per-zone' ? egress : 'nat',
    subnets: [{ ...readSubnet(section, create), publicSubnet: undefined }, ...guests],
    ...optional('vpn', vpn),
  };
}

function readSubnet(section: Section, create: Section): SubnetDraft {
  const known = new Set(['aws_region', 'aws_availability_zone', 'private_network_ipmask', 'create']);
  const extra = Object.entries(section.values).filter(([key]) => !known.has(key));
  return {
    entry: String(section.path[1]),
    section,
    create,
    ...optional('cidr', cidr(section, 'private_network_ipmask')),
    ...optional('zone', section.text('aws_availability_zone')),
    ...optional('publicSubnet', cidr(create, 'public_subnet')),
    spot: create.flag('spot') ?? false,
    extra: Object.fromEntries(extra),
  };
}

/** The network that a `within` names, or undefined after saying why it can't be. */
function checkHost(
  root: MapNode,
  section: Section,
  create: Section,
  hosts: readonly MapKey[],
  problems: ProblemList,
): string | undefined {
  const host = create.text('within');
  if (host === undefined) return undefined;
  if (hosts.some(({ name }) => name === host)) return host;
  const refuse = (message: string, mend: string): undefined =>
    problems.error('bad-within', create.pathOf('within'), message, create.at('within'), mend);
  const names = hosts.map(({ name }) => name);
  const mend =
    names.length > 0 ? `entries with a VPC of their own: ${names.join(', ')}` : 'create one with vpc_cidr';
  if (host === section.path[1]) return refuse('an entry cannot be within itself', mend);
  const target = nodeAt(root, ['aws', host]);
  if (!target) {
    const near = nearest(host, names);
    return refuse(`there is no entry aws.${host}${near ? `; did you mean "${near}"?` : ''}`, mend);
  }
  if (nodeAt(root, ['aws', host, 'create', 'within'])) {
    return refuse(`${quoted(host)} is itself within another entry`, mend);
  }
  return refuse(`${quoted(host)} has no create, and in an adopted VPC nothing is built`, mend);
}

/** A CIDR that its shape has accepted. */
function cidr(section: Section, key: string): Cidr | undefined {
  const text = section.text(key);
  return text === undefined ? undefined : Cidr.parse(text);
}
