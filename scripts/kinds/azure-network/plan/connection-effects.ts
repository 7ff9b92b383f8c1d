import { creates, isReplaced, removes } from '../../../../terraform/plan/drift';
import type { PlannedGraph } from '../../../../terraform/plan/planned-graph';
import type { Attributes, ScrubbedChange } from '../../../../terraform/plan/scrub';
import { attributeWords, because } from '../../azure/because';
import { CONNECTION_TYPE } from '../applied-keys';
import { block, type Effect, isUpdate, listChange, type Told } from './effects';
import { GATEWAY_TYPE } from './gateway-effects';

const SITE_TYPE = 'azurerm_local_network_gateway';
const UNTIL_HOST = 'until the gateway host has loaded its new files';

/** What a plan does to the connections of the gateway, and to the local network gateways: the site as Azure knows it. */
export function connectionEffects(graph: PlannedGraph): Told {
  const gateway = graph.of(GATEWAY_TYPE)[0];
  // With its gateway every connection comes, goes or is made anew: that is told once.
  const isTold = gateway !== undefined && (creates(gateway) || removes(gateway) || isReplaced(gateway));
  const connections = isTold
    ? []
    : graph
        .of(CONNECTION_TYPE)
        .flatMap((connection) =>
          connectionEffect(connection).map((effect) => ({ ...effect, about: [connection] })),
        );
  const sites = isTold && gateway !== undefined && !isReplaced(gateway) ? [] : siteEffects(graph);
  return {
    effects: [...connections, ...sites],
    covers: ({ type }) => type === CONNECTION_TYPE || type === SITE_TYPE,
  };
}

function connectionEffect(connection: ScrubbedChange): readonly Effect[] {
  const { before, after } = connection;
  const name = `connection ${before.name ?? after.name}`;
  if (creates(connection))
    return [
      {
        harm: 'something added',
        text: `${name} is made: its tunnels come up when the gateway host has loaded its new files`,
      },
    ];
  if (removes(connection))
    return [{ harm: 'connection destroyed', text: `${name} is DESTROYED, with its tunnels and its key` }];
  if (isReplaced(connection)) {
    const text = `${name} is REPLACED${because(connection)}: all its tunnels are down for some minutes during the apply; its key and the public addresses stay`;
    return [{ harm: 'connection replaced', text }];
  }
  return isUpdate(connection) ? changedInPlace(name, connection) : [];
}

function changedInPlace(name: string, { before, after, changed }: ScrubbedChange): readonly Effect[] {
  const effects: Effect[] = [];
  if (changed.includes('shared_key'))
    effects.push({
      harm: 'key changed',
      text: `${name} gets another pre-shared key: all its tunnels are down from their next log-in until the gateway host has the new key too`,
    });
  const tell = (text: string) => effects.push({ harm: 'connection changed', text });
  if (changed.includes('ipsec_policy'))
    tell(
      `${name}: ${policyChange(block(before.ipsec_policy), block(after.ipsec_policy))}; its tunnels restart, and are down ${UNTIL_HOST} where both ends have nothing in common`,
    );
  const selectors = ['traffic_selector_policy', 'use_policy_based_traffic_selectors'];
  if (changed.some((one) => selectors.includes(one)))
    tell(`${name}: the traffic selectors change; its tunnels are down from the apply ${UNTIL_HOST}`);
  if (changed.includes('enable_bgp'))
    tell(
      `${name}: ${after.enable_bgp === true ? 'static routes → BGP' : 'BGP → static routes'}; no routes ${UNTIL_HOST}`,
    );
  if (changed.includes('custom_bgp_addresses'))
    tell(`${name}: its inside addresses change; BGP is down from the apply ${UNTIL_HOST}`);
  if (changed.includes('routing_weight'))
    effects.push({
      harm: 'no traffic',
      text: `${name}: routing weight ${before.routing_weight} → ${after.routing_weight}; it decides only between connections with the same routes`,
    });
  const told = [
    'shared_key',
    'ipsec_policy',
    ...selectors,
    'enable_bgp',
    'custom_bgp_addresses',
    'routing_weight',
    'tags',
  ];
  const others = changed.filter((one) => !told.includes(one)).map(attributeWords);
  if (others.length > 0) tell(`${name} changes in place (${others.join(', ')}); its tunnels may restart`);
  return effects;
}

/** `IKE GCMAES256/SHA384/ECP384 → AES256/SHA256/DHGroup14, SA lifetime 3600 → 27000`. */
export function policyChange(before: Attributes, after: Attributes): string {
  const suite = (policy: Attributes, names: readonly string[]) =>
    names.map((name) => String(policy[name] ?? "Azure's default")).join('/');
  const ike = ['ike_encryption', 'ike_integrity', 'dh_group'];
  const esp = ['ipsec_encryption', 'ipsec_integrity', 'pfs_group'];
  const parts = [
    ['IKE', suite(before, ike), suite(after, ike)],
    ['ESP', suite(before, esp), suite(after, esp)],
    ['SA lifetime', String(before.sa_lifetime), String(after.sa_lifetime)],
    ['SA data size', String(before.sa_datasize), String(after.sa_datasize)],
  ] as const;
  const differing = parts.filter(([, old, now]) => old !== now);
  return (
    differing.map(([label, old, now]) => `${label} ${old} → ${now}`).join(', ') || 'IPsec policy changes'
  );
}

function siteEffects(graph: PlannedGraph): readonly Effect[] {
  return graph.of(SITE_TYPE).flatMap((site): readonly Effect[] => {
    const { before, after, changed } = site;
    if (isReplaced(site))
      return [
        {
          harm: 'site moved',
          text: `the local network gateway ${before.name} is REPLACED${because(site)}, and its connection with it: all its tunnels are down during the apply`,
        },
      ];
    if (!isUpdate(site)) return [];
    const effects: Effect[] = [];
    if (changed.includes('gateway_address'))
      effects.push({
        harm: 'site moved',
        text: `Azure expects the site at ${after.gateway_address} instead of ${before.gateway_address}: the tunnels are down from the apply ${UNTIL_HOST}, at that address`,
      });
    const [old, now] = [block(before.bgp_settings), block(after.bgp_settings)];
    // Where they come or go, the connection says that its routing changes.
    if (changed.includes('bgp_settings') && old.asn !== undefined && now.asn !== undefined) {
      const what =
        old.asn !== now.asn
          ? `the ASN of the site ${old.asn} → ${now.asn}`
          : `the BGP address of the site ${old.bgp_peering_address} → ${now.bgp_peering_address}`;
      effects.push({ harm: 'site moved', text: `${what}: BGP is down from the apply ${UNTIL_HOST}` });
    }
    if (changed.includes('address_space'))
      effects.push({
        harm: 'connection changed',
        text: `Azure's routes to the site change: ${listChange(before.address_space, after.address_space)}`,
      });
    return effects;
  });
}
