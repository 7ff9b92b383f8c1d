import { Cidr } from '../../model/net/cidr';
import { ipv4Number } from '../../model/net/ipv4';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import type { EntryToCheck } from './entry-to-check';
import { checkOracle } from './oracle';

type EntryCheck = (entry: EntryToCheck, problems: ProblemList) => void;

/** What must hold between the keys of one entry, by provider. What a zone of AWS must be is in its own file. */
const CHECKS: Readonly<Record<string, readonly EntryCheck[]>> = {
  sakura: [gatewayOf('sakura_private_subnet_gateway_ip')],
  vmware: [gatewayOf('vmware_ipv4_gateway', subnetByNetmask), checkNetmask],
  proxmox: [gatewayOf('proxmox_ipv4_gateway')],
  gcp: [checkGoogle],
  oracle: [checkOracle],
};

/** Checks what must hold between the keys of an entry that exists already. */
export function checkBetweenKeys(provider: string, entry: EntryToCheck, problems: ProblemList): void {
  for (const check of (Object.hasOwn(CHECKS, provider) && CHECKS[provider]) || []) check(entry, problems);
}

/** Why an address of a network is no host's: its first and its last mean the network, and all of its hosts (RFC 1122). */
export function reservedIn(network: Cidr, address: string): string | undefined {
  if (network.prefixLength > 30) return undefined;
  const value = ipv4Number(address);
  if (value === network.first) return "the network's own address";
  return value === network.last ? 'the broadcast address' : undefined;
}

/** The default gateway is a host of the nodes' subnet: a node reaches it without any other. */
function gatewayOf(
  key: string,
  subnetOf: (entry: EntryToCheck) => Cidr | undefined = ({ cidr }) => cidr,
): EntryCheck {
  return (entry, problems) => {
    const { place, values } = entry;
    const { [key]: gateway } = values;
    const cidr = subnetOf(entry);
    if (cidr === undefined || typeof gateway !== 'string') return;
    const fix = `write an address of ${cidr} that no node has, or correct private_network_ipmask`;
    if (!cidr.containsAddress(gateway)) {
      const statement = { must: `must be in the nodes' network ${cidr}`, got: quoted(gateway) };
      problems.error('gateway-outside', place.at(key), statement, fix);
      return;
    }
    const reserved = reservedIn(cidr, gateway);
    if (reserved === undefined) return;
    const statement = { must: `must be an address of a host of ${cidr}`, got: `"${gateway}", ${reserved}` };
    problems.error('reserved-address', place.at(key), statement, fix);
  };
}

const NETMASK = 'vmware_vsphere_network_mask';

/** The subnet that the nodes' addresses and the netmask give: the addresses may be a part of it. */
function subnetByNetmask({ values, cidr }: EntryToCheck): Cidr | undefined {
  const length = prefixLengthOf(String(values[NETMASK] ?? ''));
  return cidr && length !== undefined && length < cidr.prefixLength ? Cidr.of(cidr.first, length) : cidr;
}

/** The netmask, written as one or as a prefix length, leaves none of the nodes' addresses out. */
function checkNetmask({ place, values, cidr }: EntryToCheck, problems: ProblemList): void {
  const { [NETMASK]: given } = values;
  if (given === undefined) return;
  const text = String(given);
  const length = prefixLengthOf(text);
  if (length === undefined) {
    const must = 'must be a prefix length like 24, or a netmask like 255.255.255.0';
    problems.error('bad-value', place.at(NETMASK), { must, got: quoted(text) });
  } else if (cidr !== undefined && length > cidr.prefixLength) {
    const must = `must be at most ${cidr.prefixLength}, the prefix length of private_network_ipmask`;
    problems.error('netmask-differs', place.at(NETMASK), { must, got: text });
  }
}

function prefixLengthOf(text: string): number | undefined {
  if (/^(3[0-2]|[12]?[0-9])$/.test(text)) return Number(text);
  const mask = ipv4Number(text);
  if (mask === undefined) return undefined;
  const length = 32 - Math.log2(2 ** 32 - mask);
  return Number.isInteger(length) ? length : undefined;
}

/** `asia-northeast1` and `asia-northeast1-b` (Google's documentation, "Regions and zones"). */
const ZONE_OF_REGION = /^([a-z]+-[a-z]+[0-9]+)-[a-z]$/;

/** A zone is its region and a letter; a subnetwork that is written as a path names its region. */
function checkGoogle({ place, values }: EntryToCheck, problems: ProblemList): void {
  const { gcp_region: region, gcp_zone: zone, gcp_subnetwork: subnetwork } = values;
  if (typeof region !== 'string') return;
  const [, ofZone] = ZONE_OF_REGION.exec(String(zone)) ?? [];
  if (ofZone !== undefined && ofZone !== region) {
    const statement = { must: `must be a zone of ${region}`, got: `"${zone}"` };
    problems.error('zone-of-another-region', place.at('gcp_zone'), statement, `for instance ${region}-a`);
  }
  const named = typeof subnetwork === 'string' ? /\/regions\/([^/]+)\//.exec(subnetwork)?.[1] : undefined;
  if (named !== undefined && named !== region) {
    const statement = { must: `must be a subnetwork of ${region}`, got: `one of ${named}` };
    problems.error('region-differs', place.at('gcp_subnetwork'), statement);
  }
}
