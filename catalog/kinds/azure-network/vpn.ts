import { isAzureAsn, isSiteAsn, RESERVED_ASNS } from '../../../model/clouds/azure/asn';
import {
  GATEWAY_SKUS,
  type GatewaySku,
  generationsOf,
  REFUSED_SKUS,
} from '../../../model/clouds/azure/gateway-skus';
import { type IpsecPolicy, policyProblems } from '../../../model/clouds/azure/ipsec-policy';
import { LOCATIONS, locationName, ZONES } from '../../../model/clouds/azure/locations';
import { parseAsn } from '../../../model/net/asn';
import type { Cidr } from '../../../model/net/cidr';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import type { Site } from '../../ground/site';
import { isActiveActive, type NetworkDraft, type VpnDraft } from './draft';
import { POLICY_KEYS } from './keys';

/** Checks what Azure refuses of a VPN, before anybody waits an hour for it. */
export function checkVpn(
  { place, draft, vpn }: NetworkDraft,
  site: Site | undefined,
  problems: ProblemList,
): void {
  const create = place.below('create');
  if (vpn === undefined) {
    if (!create.has('gateway_subnet')) return;
    const message = 'a network without a VPN has no GatewaySubnet';
    problems.error('refused-key', create.keyAt('gateway_subnet'), message, 'remove it, or remove vpn: none');
    return;
  }
  if (!create.has('gateway_subnet')) {
    const message = 'key "gateway_subnet" is missing: the virtual network gateway stands in it';
    problems.error('missing-key', create.keyAt(), message, 'give it a /27 of vnet_cidr, or write vpn: none');
  }
  const sku = checkSku(vpn, problems);
  if (sku !== undefined) checkGeneration(vpn, sku, problems);
  checkZones(vpn, draft.azureLocation, problems);
  checkRouting(vpn, problems);
  checkAsn(vpn, site, problems);
  checkMode(vpn, site, problems);
  checkPolicy(vpn, problems);
  checkNatRules(vpn, problems);
  checkSeveral(vpn, site, problems);
}

/** An instance takes one custom BGP address unless both are up (learn.microsoft.com, "About BGP with Azure VPN Gateway"). */
function checkSeveral(vpn: VpnDraft, site: Site | undefined, problems: ProblemList): void {
  const { place, keys } = vpn;
  const isApipa = keys.routing === 'bgp' && keys.bgpPeering === 'apipa';
  if (!isApipa || site === undefined || site.gateways.length < 2 || isActiveActive(vpn)) return;
  const message =
    'must be true with two gateways of the site: else the gateway has one APIPA address, for one connection';
  problems.error(
    'bad-value',
    place.at('active_active'),
    message,
    'remove it, or use bgp_peering: gateway-subnet',
  );
}

function checkSku({ place, keys }: VpnDraft, problems: ProblemList): GatewaySku | undefined {
  const sku = GATEWAY_SKUS.find((one) => one === keys.sku);
  if (sku !== undefined) return sku;
  const refused = REFUSED_SKUS[keys.sku];
  if (refused === undefined) return undefined;
  const { reason, successor } = refused;
  const fix = successor === undefined ? `use one of ${GATEWAY_SKUS.join(', ')}` : `use ${successor}`;
  return problems.error('bad-value', place.at('sku'), { must: `${keys.sku} ${reason}` }, fix);
}

function checkGeneration({ place, keys }: VpnDraft, sku: GatewaySku, problems: ProblemList): void {
  const possible = generationsOf(sku);
  if (keys.generation === 'auto' || possible.includes(keys.generation)) return;
  const statement = { must: `must be ${possible.join(' or ')} for ${sku}`, got: String(keys.generation) };
  problems.error('bad-value', place.at('generation'), statement, 'remove it: auto fits the size');
}

function checkZones({ place, keys }: VpnDraft, location: string | undefined, problems: ProblemList): void {
  const { zones } = keys;
  const known = location === undefined ? undefined : LOCATIONS.get(locationName(location));
  if (zones === undefined || known === undefined) return;
  // A zone that is none, or stands there twice, is reported where it stands.
  if (zones.length < place.below('zones').items.length) return;
  if (!known.hasZones && zones.length > 0) {
    const must = `must be [] in ${known.shown}, which has no availability zones`;
    problems.error('bad-value', place.at('zones'), { must, got: zones.join(', ') }, 'remove it');
  }
  if (known.hasZones && zones.length !== ZONES.length) {
    const must = `must be all of ${ZONES.join(', ')} in ${known.shown}: Azure takes no other for a gateway`;
    problems.error('bad-value', place.at('zones'), { must, got: zones.join(', ') || 'none' }, 'remove it');
  }
}

function checkRouting(vpn: VpnDraft, problems: ProblemList): void {
  const { place, keys } = vpn;
  if (keys.routing === 'bgp' && keys.mode === 'policy-based') {
    const message = 'policy-based cannot be combined with routing: bgp';
    problems.error('policy-with-bgp', place.at('mode'), message, 'use mode: route-based');
  }
  if (keys.routing === 'static' && place.has('bgp_peering')) {
    const message = 'is for routing: bgp';
    problems.error('refused-key', place.keyAt('bgp_peering'), message, 'remove it, or write routing: bgp');
  }
  if (keys.routing === 'static' && place.has('azure_asn'))
    problems.note('unusual-value', place.at('azure_asn'), 'counts with routing: bgp alone');
  if (keys.mode === 'policy-based' && isActiveActive(vpn)) {
    const message = 'is for mode: route-based: by pairs of networks one tunnel is up at a time';
    problems.error('bad-value', place.at('active_active'), message, 'remove it');
  }
}

function checkAsn({ place, keys }: VpnDraft, site: Site | undefined, problems: ProblemList): void {
  const where = place.at('azure_asn');
  const asn = place.has('azure_asn') ? problems.parse(where, () => parseAsn(keys.azureAsn)) : undefined;
  if (asn !== undefined && !isAzureAsn(asn)) {
    const statement = { must: `must not be one of ${RESERVED_ASNS}`, got: String(asn) };
    problems.error('bad-value', where, statement, 'for instance 65515, which is the default');
  }
  if (keys.routing !== 'bgp' || site === undefined || isSiteAsn(site.asn)) return;
  const message = `the site has ASN ${site.asn}, which Azure refuses of its peers (65515, ${RESERVED_ASNS})`;
  problems.error(
    'bad-value',
    place.keyAt('routing'),
    message,
    'give site.asn another number, for instance 65000',
  );
}

function checkMode({ place, keys }: VpnDraft, site: Site | undefined, problems: ProblemList): void {
  if (keys.connectionMode !== 'InitiatorOnly') return;
  const where = place.at('connection_mode');
  if (site?.gateways.some(({ behindNat }) => behindNat)) {
    const message = 'Azure cannot begin a connection to a gateway behind NAT';
    problems.error('bad-value', where, message, 'use Default or ResponderOnly');
  } else if (keys.routing === 'bgp' && keys.bgpPeering === 'apipa') {
    problems.note(
      'unusual-value',
      where,
      'the tunnels are begun by Azure, and BGP over them by the site all the same',
    );
  }
}

/** The names of azurerm, by the field that each of them is. */
const FIELDS: Readonly<Record<keyof typeof POLICY_KEYS, keyof IpsecPolicy>> = {
  ike_encryption: 'ikeEncryption',
  ike_integrity: 'ikeIntegrity',
  dh_group: 'dhGroup',
  ipsec_encryption: 'ipsecEncryption',
  ipsec_integrity: 'ipsecIntegrity',
  pfs_group: 'pfsGroup',
};

function checkPolicy({ place, keys }: VpnDraft, problems: ProblemList): void {
  const policy = place.below('ipsec_policy');
  const names = Object.keys(POLICY_KEYS);
  const given = names.filter((name) => policy.has(name));
  if (given.length > 0 && given.length < names.length) {
    const missing = names.filter((name) => !given.includes(name));
    const message = `${missing.map(quoted).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: Azure takes a whole policy or none`;
    problems.error('missing-key', policy.keyAt(), message, 'write all six, or leave the policy to crypto');
  }
  if (given.length > 0 && place.has('crypto') && keys.crypto === 'seed') {
    const message = 'crypto: seed sets all algorithms, so none can be given beside it';
    problems.error('seed-with-options', policy.keyAt(), message, 'use crypto: compatible or modern');
  }
  for (const { field, must } of policyProblems(keys.ipsecPolicy)) {
    const name = Object.entries(FIELDS).find(([, one]) => one === field)?.[0] ?? field;
    problems.error('bad-option', policy.at(name), { must, got: quoted(keys.ipsecPolicy[field] ?? '') });
  }
}

/** What Azure does not translate, and rules that say two things of one address (learn.microsoft.com, "About NAT on Azure VPN Gateway"). */
function checkNatRules(vpn: VpnDraft, problems: ProblemList): void {
  const { place, keys } = vpn;
  const rules = place.below('nat_rules');
  const entries = Object.entries(keys.natRules);
  if (entries.length === 0) return;
  checkNatPossible(vpn, problems);
  entries.forEach(([name, { mode, internal, external }], index) => {
    if (internal && external && internal.prefixLength !== external.prefixLength) {
      const statement = {
        must: `must have the prefix length of internal (/${internal.prefixLength})`,
        got: String(external),
      };
      problems.error('bad-size', rules.at(name, 'external'), statement);
    }
    const earlier = entries.slice(0, index);
    const inside = earlier.find(([, other]) => other.mode === mode && overlap(other.internal, internal));
    if (inside) {
      const message = `${internal} overlaps the inside of ${inside[0]} (${inside[1].internal}): an address is translated by one rule`;
      problems.error('overlap', rules.at(name, 'internal'), message);
    }
    const outside = earlier.find(([, other]) => overlap(other.external, external));
    if (outside) {
      const message = `${external} overlaps the outside of ${outside[0]} (${outside[1].external})`;
      problems.error('overlap', rules.at(name, 'external'), message);
    }
  });
}

function checkNatPossible({ place, keys }: VpnDraft, problems: ProblemList): void {
  const refuse = (message: string, fix: string) =>
    problems.error('incompatible', place.keyAt('nat_rules'), message, fix);
  if (keys.sku === 'VpnGw1AZ')
    refuse(
      'are not possible with VpnGw1AZ: Azure translates addresses from VpnGw2AZ on',
      'use sku: VpnGw2AZ, which is a change in place',
    );
  if (keys.mode === 'policy-based')
    refuse(
      'are not possible with mode: policy-based: Azure translates no addresses where traffic is chosen by pairs of networks',
      'use mode: route-based',
    );
  if (keys.routing === 'bgp' && keys.bgpPeering === 'apipa')
    refuse(
      'are not possible with bgp_peering: apipa: Azure translates no addresses where BGP speaks between APIPA addresses',
      'use bgp_peering: gateway-subnet, or routing: static',
    );
}

function overlap(one: Cidr | undefined, other: Cidr | undefined): boolean {
  return one !== undefined && other !== undefined && one.overlaps(other);
}
