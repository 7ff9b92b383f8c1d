import type { Resource } from '../resource';
import { beside, type Found, type Rule, type RuleContext, unseen, violated } from '../rule';
import { listAt, UNKNOWN, type Unknown } from '../values';
import { siteNetworks } from '../vpn/networks';
import { AWS_RULES, AZURE_RULES, meets, networkOf, type PortRange, type Traffic, trafficOf } from './traffic';
import { isWorld, worldInParts } from './world';

const port = (from: number, to = from): PortRange => ({ from, to });
/** SSH, RDP, Docker and its swarm, Vault, controller, Grafana, Serf, SSH of nodes. */
const MANAGEMENT = [
  port(22),
  port(3389),
  port(2375, 2377),
  port(8200),
  port(8443),
  port(8080),
  port(7373),
  port(20022),
];
const DOCKER = [port(2375, 2377)];
const TYPES = [...AWS_RULES, ...AZURE_RULES];

/** Judges what comes in at some ports. */
function incoming(
  resource: Resource,
  judge: (traffic: Traffic, peer: string | Unknown) => Found | undefined,
): readonly Found[] {
  const traffic = trafficOf(resource);
  if (traffic === UNKNOWN) return [unseen('its rules are not known')];
  return traffic
    .filter(({ direction }) => direction === 'in')
    .flatMap((one) => one.peers.flatMap((peer) => judge(one, peer) ?? []));
}

export const NO_WORLD: Rule = {
  id: 'KKH-NET-01',
  severity: 'critical',
  title: 'No management port is open to the Internet',
  reason:
    'SSH, RDP, the Docker API, Vault, the controller and Serf are found by scanners within minutes. Each of them is a way to all nodes.',
  fix: 'Name the networks that need the port in from:, and reach the nodes over the VPN. Ports: 22, 3389, 2375 to 2377, 7373, 8080, 8200, 8443, 20022.',
  references: [
    'CKV_AWS_24',
    'CKV_AWS_25',
    'CKV_AWS_260',
    'CKV_AWS_277',
    'AVD-AWS-0107',
    'CKV_AZURE_9',
    'CKV_AZURE_10',
    'CKV_AZURE_77',
    'CKV_AZURE_160',
    'AVD-AZU-0047',
    'AVD-AZU-0050',
  ],
  types: TYPES,
  judge: (resource, context) => [
    ...incoming(resource, ({ ports, attribute }, peer) => {
      if (ports === UNKNOWN) {
        if (peer === UNKNOWN) return unseen('which ports are open, and to whom, is not known', attribute);
        return isWorld(peer)
          ? unseen('which ports are open to the Internet is not known', attribute)
          : undefined;
      }
      if (!meets(ports, MANAGEMENT)) return undefined;
      if (peer === UNKNOWN) return unseen('who may reach a management port is not known', attribute);
      if (isWorld(peer)) return violated(`${portsText(ports, MANAGEMENT)} open to ${peer}`, attribute);
      return PREFIX_LIST.test(peer)
        ? unseen(`which networks ${peer}, which reaches a management port, has is not known`, attribute)
        : undefined;
    }),
    ...inParts(resource, context),
  ],
};

/** A list of networks that is kept elsewhere. */
const PREFIX_LIST = /^pl-/;

/** Networks none of which is the Internet, and all together are: of one rule, or of the rules of a group that have one network each. */
function inParts(resource: Resource, context: RuleContext): readonly Found[] {
  const traffic = trafficOf(resource);
  if (traffic === UNKNOWN) return [];
  return traffic.flatMap((one) => {
    if (!isPart(one)) return [];
    const together = resource.type === MODERN_RULE ? partsBeside(resource, context) : one.peers;
    const count = worldInParts(together);
    if (count === undefined) return [];
    const { ports, attribute } = one;
    const text = `${portsText(ports, MANAGEMENT)} open to ${count} networks that are much of the Internet`;
    return [violated(text, attribute)];
  });
}

const MODERN_RULE = 'aws_vpc_security_group_ingress_rule';

/** Whether traffic comes in at a management port from networks that are not everybody. */
function isPart({ direction, ports, peers }: Traffic): boolean {
  return (
    direction === 'in' && meets(ports, MANAGEMENT) && !peers.some((peer) => peer !== UNKNOWN && isWorld(peer))
  );
}

/** The networks of all rules of a rule's group; none where it is not the first of them, so that they are told of once. */
function partsBeside(resource: Resource, context: RuleContext): Traffic['peers'] {
  const group = JSON.stringify(resource.written.security_group_id);
  const ofGroup = beside(resource, context, MODERN_RULE).filter(
    ({ written }) => JSON.stringify(written.security_group_id) === group,
  );
  const first = ofGroup.find((other) => partsOf(other).length > 0);
  return first?.address === resource.address ? ofGroup.flatMap(partsOf).flatMap(({ peers }) => peers) : [];
}

function partsOf(rule: Resource): readonly Traffic[] {
  const traffic = trafficOf(rule);
  return traffic === UNKNOWN ? [] : traffic.filter(isPart);
}

export const DOCKER_API: Rule = {
  id: 'KKH-NET-02',
  severity: 'critical',
  title: 'The Docker API is reached from the site alone',
  reason:
    'Whoever reaches the API is root on the host. Only the controller uses it, and the controller is in the site.',
  fix: 'Let ports 2375 to 2377 in from site, or from the address of the controller.',
  references: ['Docker: protect the Docker daemon socket'],
  types: TYPES,
  judge: (resource, context) =>
    incoming(resource, ({ ports, attribute }, peer) => {
      if (ports === UNKNOWN) return unseen('whether the Docker API is open is not known', attribute);
      // A rule for all ports says nothing of Docker: the rule on such rules judges it, but for the Internet.
      if (ports === 'all' ? peer === UNKNOWN || !isWorld(peer) : !meets(ports, DOCKER)) return undefined;
      if (peer === UNKNOWN) return unseen('who may reach the Docker API is not known', attribute);
      return outsideSite(resource, peer, attribute, context);
    }),
};

function outsideSite(
  resource: Resource,
  peer: string,
  attribute: string,
  context: RuleContext,
): Found | undefined {
  if (isWorld(peer)) return violated(`the Docker API is open to ${peer}`, attribute);
  const network = networkOf(peer);
  const site = siteNetworks(resource, context);
  if (network === undefined || site === undefined) {
    const why = network === undefined ? 'it is no network' : 'nothing names its networks';
    return unseen(
      `whether ${peer}, which reaches the Docker API, is of the site is not known: ${why}`,
      attribute,
    );
  }
  return site.some((one) => one.contains(network))
    ? undefined
    : violated(`the Docker API is open to ${peer}, which is not of the site`, attribute);
}

export const ALL_PORTS: Rule = {
  id: 'KKH-NET-03',
  severity: 'high',
  title: 'Only members of a group reach all its ports, and what may go everywhere says why',
  reason:
    'A rule for all ports opens those of services that nobody thinks of yet. A rule to everywhere is right for nodes that install packages, and wrong without that purpose.',
  fix: 'Name the ports of the rule; give egress rules to everywhere a description.',
  references: ['AVD-AWS-0102', 'CKV_AWS_382', 'AVD-AWS-0104', 'AVD-AZU-0051'],
  types: TYPES,
  judge: (resource, context) => {
    const traffic = trafficOf(resource);
    if (traffic === UNKNOWN) return [unseen('its rules are not known')];
    return traffic.flatMap((one) => (one.direction === 'in' ? allIn(resource, one, context) : allOut(one)));
  },
};

function allIn(
  resource: Resource,
  { ports, peers, attribute }: Traffic,
  context: RuleContext,
): readonly Found[] {
  if (peers.length === 0) return [];
  if (ports === UNKNOWN) return [unseen('which ports it opens is not known', attribute)];
  const all = ports === 'all' || ports.some(({ from, to }) => from <= 1 && to >= 65_535);
  if (!all) return [];
  const own = nodeSubnets(resource, context);
  return peers.flatMap((peer) => {
    if (peer === UNKNOWN) return [unseen('who may reach all ports is not known', attribute)];
    return own.includes(peer) ? [] : [violated(`all ports are open to ${peer}`, attribute)];
  });
}

/** On Azure the members of a group are known by the blocks of their subnets. */
function nodeSubnets(resource: Resource, context: RuleContext): readonly (string | Unknown)[] {
  return beside(resource, context, 'azurerm_subnet').flatMap(({ values }) => {
    const list = listAt(values, 'address_prefixes');
    return list === UNKNOWN || list === undefined ? [] : list;
  });
}

function allOut({ ports, peers, description, attribute }: Traffic): readonly Found[] {
  if (ports !== 'all' || description === UNKNOWN || (description !== undefined && description.trim() !== ''))
    return [];
  const everywhere = peers.find((peer) => peer !== UNKNOWN && isWorld(peer));
  return everywhere === undefined
    ? []
    : [violated('everything may go everywhere, and nothing says why', attribute)];
}

/** The ports of a rule that are among some, as text: `port 22 is`, `ports 2375 to 2377 are`. */
function portsText(ports: Traffic['ports'], wanted: readonly PortRange[]): string {
  if (ports === 'all' || ports === UNKNOWN) return 'all ports are';
  const hit = ports.find(({ from, to }) => wanted.some((one) => from <= one.to && one.from <= to));
  if (hit === undefined) return 'a port is';
  return hit.from === hit.to ? `port ${hit.from} is` : `ports ${hit.from} to ${hit.to} are`;
}

export const DESCRIBED: Rule = {
  id: 'KKH-NET-08',
  severity: 'low',
  title: 'Every rule of a security group says what it is for',
  reason: 'Nobody dares to remove a rule whose purpose is not known.',
  fix: 'Write a description.',
  references: ['CKV_AWS_23', 'AVD-AWS-0099'],
  types: TYPES,
  judge: (resource) => {
    const traffic = trafficOf(resource);
    if (traffic === UNKNOWN) return [unseen('its rules are not known')];
    return traffic.flatMap(({ description, attribute }) => {
      if (description === UNKNOWN) return [unseen('its description is not known', 'description')];
      if (description !== undefined && description.trim() !== '') return [];
      return [violated('a rule has no description', attribute.replace(/[^.]+$/, 'description'))];
    });
  },
};
