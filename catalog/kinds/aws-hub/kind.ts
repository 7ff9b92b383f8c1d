import { type IdentityClaim, mergeClaims } from '../../ground/claims';
import { complete } from '../../ground/complete';
import type { Need } from '../../ground/need';
import { ProblemList } from '../../ground/problem-list';
import { list, optional, text, whole } from '../../shape/shapes';
import { attachmentsOf } from '../../site/hubs';
import { remoteNetworks } from '../../site/remote-networks';
import { hubServer } from '../aws/hub-server';
import { INSIDE_CIDR } from '../aws/inside-cidr';
import { readAwsSettings } from '../aws/settings';
import type { Around, KindReading, KindSource, StackKind } from '../kind';
import { checkHub } from './checks';
import { claimsOf } from './claims';
import type { HubDraft, HubVpnDraft } from './draft';
import type { AwsHub, AwsHubCatalog, HubVpn } from './hub';
import { HUBS } from './keys';
import { hubOrigins } from './origins';
import { type AwsHubPlace, PLACE } from './place';
import { readHubs } from './read';

/** A transit gateway on AWS, which connects the networks of a region to the site by one VPN. */
export const AWS_HUB: StackKind<'aws-hub', AwsHubCatalog, AwsHubPlace> = {
  name: 'aws-hub',
  sections: { hubs: optional(HUBS, 'Transit gateways, each for the networks of a region') },
  origins: hubOrigins,
  read: readSection,
  lock: {
    provider: 'aws',
    shape: PLACE,
    format: ({ region }) => `region: ${region}`,
    idPattern: (environment) => `${environment}-hub-<name>`,
    tunnels: {
      of: 'hub',
      insideCidrs: list(text(INSIDE_CIDR), { min: 2, max: 2 }),
      interfaces: list(whole(1, 65535), { min: 2, max: 2 }),
    },
  },
  outlives: ['aws-network'],
};

function readSection(
  { environment, root }: KindSource,
  problems: ProblemList,
): KindReading<AwsHubCatalog, AwsHubPlace> {
  // What is wrong with them, the networks' kind reports.
  const settings = readAwsSettings(root.below('providers', 'aws'), new ProblemList());
  const hubs = readHubs(root.below('hubs'), environment, settings, problems);
  const built = hubs.filter(({ isBuilt }) => isBuilt);
  return {
    identities: built.map(identityOf),
    claims: mergeClaims(hubs.map(claimsOf)),
    needs: (claims) =>
      claims.attachments.flatMap(({ hub, key }): readonly Need[] => {
        const maker = hubs.find(({ name }) => name === hub)?.draft.environment;
        return maker === undefined
          ? []
          : [{ server: hubServer(maker), what: 'transit gateway', path: hub, key }];
      }),
    check: (around, list) => {
      for (const hub of hubs) checkHub(hub, around, list);
    },
    finish: (around) => {
      const finished = built.map((hub) => finishHub(hub, around));
      return {
        model: { settings, hubs: finished },
        networks: finished,
        stacks: finished.map(({ key, region }) => ({
          id: around.identities.idOf(key),
          network: key,
          place: { region },
          members: [key],
          requires: [],
        })),
        credentials: {},
      };
    },
  };
}

function identityOf({ key, place }: HubDraft): IdentityClaim {
  return { key, where: place.keyAt(), parts: [] };
}

function finishHub({ name, key, draft, routeTables, vpn }: HubDraft, around: Around<unknown>): AwsHub {
  const { awsTransitGatewayId: gateway, awsTransitGatewayRouteTableId: routeTable } = draft;
  const create = complete(draft.create);
  return {
    key,
    identity: `hub/${around.identities.bornOf(key)}`,
    provider: 'hub',
    noun: 'hub',
    cidrs: attachmentsOf(name, around.environment, around).flatMap(({ cidr }) => cidr ?? []),
    entries: [],
    name,
    region: complete(draft.awsRegion),
    ...(gateway === undefined || routeTable === undefined ? {} : { existing: { gateway, routeTable } }),
    amazonSideAsn: create.amazonSideAsn,
    ecmp: vpn?.ecmp ?? create.ecmp ?? true,
    autoAccept: create.autoAccept,
    routeTables,
    share: create.share.flatMap((principal) => principal ?? []),
    tags: Object.fromEntries(
      Object.entries(create.tags).flatMap(([tag, value]) => (value === undefined ? [] : [[tag, value]])),
    ),
    ...(vpn === undefined ? {} : { vpn: finishVpn(key, create.amazonSideAsn, vpn, around) }),
  };
}

function finishVpn(
  key: string,
  cloudAsn: number,
  { keys, tunnels, ecmp }: HubVpnDraft,
  around: Around<unknown>,
): HubVpn {
  const { routing, crypto, presharedKeyStorage, logs, acceleration, bandwidth } = keys;
  return {
    routing,
    mode: 'route-based',
    crypto,
    cloudAsn,
    presharedKeyStorage,
    keysKeptByCloud: presharedKeyStorage === 'SecretsManager',
    remoteNetworks: remoteNetworks(key, around),
    tunnels,
    acceleration,
    bandwidth,
    multipath: ecmp && routing === 'bgp',
    ...(logs === 'none' ? {} : { logs: complete(logs) }),
  };
}
