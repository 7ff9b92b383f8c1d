import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import { type PlannedGraph, stays } from '../../../../terraform/plan/planned-graph';
import type { Attributes, ScrubbedChange } from '../../../../terraform/plan/scrub';
import { attributeWords, because } from '../../azure/because';
import { block, type Effect, GATEWAY_TIME, isUpdate, type Told, texts } from './effects';

export const GATEWAY_TYPE = 'azurerm_virtual_network_gateway';
const ADDRESS_TYPE = 'azurerm_public_ip';

const UNTIL_HOST = 'until the gateway host has loaded its new files';
const APART = 'the site and the nodes do not reach each other';

/**
 * What a plan does to the virtual network gateway and to its public addresses.
 *
 * Sources: learn.microsoft.com, "About gateway SKUs" (a resize within the AZ SKUs is in place and keeps the address) and "VPN
 * Gateway FAQ"; what azurerm replaces is recorded behaviour of 4.55. That BGP breaks for some minutes with any change of the gateway's BGP
 * addresses is what users of Azure's own modules report (Azure-Landing-Zones issue 335).
 */
export function gatewayEffects(graph: PlannedGraph): Told {
  const addresses = gatewayAddresses(graph);
  const effects = graph
    .of(GATEWAY_TYPE)
    .flatMap((gateway) => effectsOf(gateway, addresses).map((effect) => ({ ...effect, about: [gateway] })));
  return {
    effects: [...effects, ...addressEffects(addresses)],
    covers: (change) => change.type === GATEWAY_TYPE || addresses.includes(change),
  };
}

/** The public addresses that no NAT gateway has. */
export function gatewayAddresses(graph: PlannedGraph): readonly ScrubbedChange[] {
  const ofNat = graph
    .of('azurerm_nat_gateway_public_ip_association')
    .flatMap((association) =>
      (['before', 'after'] as const).map((side) =>
        graph.target(association, 'public_ip_address_id', ADDRESS_TYPE, side),
      ),
    );
  return graph.of(ADDRESS_TYPE).filter((address) => !ofNat.includes(address));
}

function effectsOf(gateway: ScrubbedChange, addresses: readonly ScrubbedChange[]): readonly Effect[] {
  const { after } = gateway;
  if (creates(gateway))
    return [
      {
        harm: 'gateway added',
        text: `the VPN gateway is made (${after.sku}): this usually takes ${GATEWAY_TIME}; the tunnels come up when the gateway host has loaded its new files`,
      },
    ];
  if (removes(gateway)) {
    const lost = addresses.filter(removes).map((address) => String(address.before.ip_address));
    const gone = lost.length === 0 ? '' : `; its public addresses are lost: ${lost.join(', ')}`;
    return [
      {
        harm: 'VPN gateway destroyed',
        text: `the VPN gateway is DESTROYED: the site and the nodes no longer reach each other${gone}`,
      },
    ];
  }
  if (isReplaced(gateway))
    return [
      {
        harm: 'VPN gateway replaced',
        text: `the VPN gateway is REPLACED${because(gateway)}: ${APART} for an hour and more: the old one is deleted, and the new one usually takes ${GATEWAY_TIME}, then ${UNTIL_HOST}; ${addressWords(addresses)}`,
      },
    ];
  return isUpdate(gateway) ? changedInPlace(gateway, addresses) : [];
}

function changedInPlace(
  { before, after, changed }: ScrubbedChange,
  addresses: readonly ScrubbedChange[],
): readonly Effect[] {
  const effects: Effect[] = [];
  const kept = addresses.filter(stays).map((address) => String(address.before.ip_address));
  const stay = kept.length > 0 ? `its public addresses stay ${kept.join(', ')}` : 'its public addresses stay';
  const tell = (text: string) => effects.push({ harm: 'gateway changed', text });
  if (changed.includes('sku'))
    tell(
      `the VPN gateway is resized in place, ${before.sku} → ${after.sku}: this usually takes ${GATEWAY_TIME}; the tunnels break for short times and come up again by themselves; ${stay}`,
    );
  if (changed.includes('active_active'))
    tell(
      after.active_active === true
        ? `the VPN gateway gets a second active instance: this usually takes ${GATEWAY_TIME}, in which the tunnels break for short times; each connection has a second tunnel then, which comes up when the gateway host has loaded its new files`
        : `the VPN gateway loses its second active instance: this usually takes ${GATEWAY_TIME}, in which the tunnels break for short times; the second tunnel of each connection goes, and the gateway's files change`,
    );
  if (changed.includes('bgp_settings')) tell(bgpWords(block(before.bgp_settings), block(after.bgp_settings)));
  if (changed.includes('enable_bgp'))
    tell(
      `the VPN gateway ${after.enable_bgp === true ? 'learns to speak BGP' : 'speaks BGP no more'}: the routes between the site and the nodes are lost from the apply ${UNTIL_HOST}`,
    );
  const told = ['sku', 'active_active', 'bgp_settings', 'enable_bgp', 'tags', 'generation'];
  // The addresses of a second instance are a part of it.
  const quiet = changed.includes('active_active') ? [...told, 'ip_configuration'] : told;
  const others = changed.filter((name) => !quiet.includes(name)).map(attributeWords);
  if (others.length > 0)
    tell(
      `the VPN gateway changes in place (${others.join(', ')}): this usually takes ${GATEWAY_TIME}, and the tunnels may break for short times`,
    );
  return effects;
}

/** What other BGP settings of the gateway mean: another ASN, or addresses of connections that come, go or change. */
function bgpWords(before: Attributes, after: Attributes): string {
  if (before.asn !== undefined && after.asn !== undefined && before.asn !== after.asn)
    return `the ASN of the VPN gateway changes, ${before.asn} → ${after.asn}: BGP is down from the apply ${UNTIL_HOST}`;
  const [old, now] = [apipaAddresses(before), apipaAddresses(after)];
  const staying = old.filter((address) => now.includes(address));
  if (staying.length === 0 || (staying.length < old.length && staying.length < now.length))
    return `the BGP addresses of the VPN gateway change: BGP is down from the apply ${UNTIL_HOST}`;
  const others =
    'BGP of the other connections may break for some minutes during the apply, and comes up again by itself';
  return now.length > old.length
    ? `the VPN gateway gets BGP addresses for a further tunnel or connection: ${others}`
    : `the VPN gateway gives up BGP addresses of a tunnel or connection that goes: ${others}`;
}

/** The addresses of all instances, one for each connection. */
function apipaAddresses({ peering_addresses: peerings }: Attributes): readonly string[] {
  return Array.isArray(peerings) ? peerings.flatMap((one: Attributes) => texts(one.apipa_addresses)) : [];
}

function addressWords(all: readonly ScrubbedChange[]): string {
  const kept = all.filter(stays).map((address) => String(address.before.ip_address));
  return kept.length === all.length && kept.length > 0
    ? `its public addresses stay ${kept.join(', ')}`
    : 'its public addresses change: the site must let the new ones through';
}

function addressEffects(addresses: readonly ScrubbedChange[]): readonly Effect[] {
  return addresses.filter(isReplaced).map((address) => ({
    harm: 'gateway address replaced',
    text: `the public address ${address.before.ip_address} of the VPN gateway is REPLACED${because(address)}: Azure refuses to delete an address that a gateway has, and the apply stops there; write the zones that it was made with, or let the gateway be made anew`,
  }));
}
