import { Cidr, compareCidrs } from '../../../model/net/cidr';
import type { Rule } from '../../../model/net/rule';
import type { EnvironmentDraft, NetworkDraft } from '../../environment/drafts';
import type { Neighbour } from '../../environment/neighbours';
import type { ProblemList } from '../../ground/problem-list';
import { readIngress } from './ingress';

/** What a network gets from the rest of its catalog. */
export interface Resolved {
  readonly ingress: readonly Rule[];
  /** Networks behind the gateway that it reaches, sorted. */
  readonly remoteNetworks: readonly Cidr[];
}

/** The neighbours whose tunnels end at the same gateway. */
function sharingGateway(draft: EnvironmentDraft, neighbours: readonly Neighbour[]): readonly Neighbour[] {
  if (draft.publicIp === undefined) return [];
  return neighbours.filter((neighbour) => neighbour.draft?.publicIp === draft.publicIp);
}

/** Resolves rules and routes of every network, by its key. */
export function resolveNetworks(
  draft: EnvironmentDraft,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): ReadonlyMap<string, Resolved> {
  const entries = entryNetworks(draft);
  const connected = [
    draft,
    ...sharingGateway(draft, neighbours).flatMap((neighbour) => neighbour.draft ?? []),
  ]
    .flatMap(({ networks }) => networks)
    .filter(({ vpn, vpcCidr }) => vpn !== undefined && vpcCidr !== undefined);
  return new Map(
    draft.networks.map((network) => {
      const site = draft.site?.subnets ?? [];
      const mesh = draft.site?.mesh ? othersThan(network, connected) : [];
      const ingress = readIngress(
        network.create,
        { hasSite: draft.root.keys.has('site'), site, mesh, entries },
        problems,
      );
      return [network.key, { ingress, remoteNetworks: distinctCidrs([...site, ...mesh]) }];
    }),
  );
}

function othersThan(network: NetworkDraft, connected: readonly NetworkDraft[]): readonly Cidr[] {
  return distinctCidrs(
    connected.filter((other) => other !== network).flatMap(({ vpcCidr }) => vpcCidr ?? []),
  );
}

/** What an ingress rule means by `aws/default`: a VPC that is created, a subnet within one, or an adopted entry's network. */
function entryNetworks(draft: EnvironmentDraft): ReadonlyMap<string, Cidr | undefined> {
  const entries = new Map<string, Cidr | undefined>();
  for (const { provider, name, values } of draft.adopted) {
    const ipmask = values.private_network_ipmask;
    entries.set(`${provider}/${name}`, typeof ipmask === 'string' ? Cidr.parse(ipmask) : undefined);
  }
  for (const network of draft.networks) {
    for (const subnet of network.subnets) entries.set(`aws/${subnet.entry}`, subnet.cidr);
    entries.set(network.key, network.vpcCidr);
  }
  return entries;
}

function distinctCidrs(cidrs: readonly Cidr[]): readonly Cidr[] {
  return [...new Map(cidrs.map((cidr) => [cidr.toString(), cidr])).values()].sort(compareCidrs);
}
