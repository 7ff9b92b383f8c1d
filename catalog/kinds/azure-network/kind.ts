import { AZURE_LOCATION } from '../../adopted/azure';
import { type IdentityClaim, mergeClaims, NO_CLAIMS } from '../../ground/claims';
import type { ProblemList } from '../../ground/problem-list';
import { entryNetworks } from '../../ingress/resolve';
import type { Infer } from '../../shape/shape';
import { list, map, optional, required, text, whole } from '../../shape/shapes';
import type { Place } from '../../source/place';
import { AZURE_PROVIDER, type AzureSettings, readAzureSettings, settingsReferences } from '../azure/settings';
import type { KindReading, KindResult, KindSource, StackKind } from '../kind';
import { checkBlocks } from './blocks';
import { claimsOf } from './claims';
import type { NetworkDraft } from './draft';
import { finishNetwork } from './finish';
import { resolveIngress } from './ingress';
import { INSIDE_BLOCK } from './inside-block';
import { NETWORK_ENTRY, WITHIN_ENTRY } from './keys';
import { checkNames } from './names';
import type { AzureCatalog } from './network';
import { readNetworks } from './networks';
import { networkOrigins } from './origins';
import { checkPlacement } from './placement';
import { checkVpn } from './vpn';

const PROVIDER = 'azure';
const SETTINGS = 'azurerm';

/** Where the resources of a network's stack are. */
const PLACE = map({
  region: required(text(AZURE_LOCATION), "where the stack's resources are, in Azure's form: japaneast"),
});
export type AzurePlace = Infer<typeof PLACE>;

/** A virtual network on Azure, with its subnets, its security group and its VPN gateway. */
export const AZURE_NETWORK: StackKind<'azure-network', AzureCatalog, AzurePlace> = {
  name: 'azure-network',
  sections: {},
  creates: {
    provider: PROVIDER,
    settingsName: SETTINGS,
    settings: optional(AZURE_PROVIDER, 'Version, subscription and log-in of Azure'),
    shapes: [{ only: 'within', shape: WITHIN_ENTRY }, { shape: NETWORK_ENTRY }],
  },
  origins: networkOrigins,
  read: readAzure,
  outlives: ['azure-nodes'],
  lock: {
    provider: SETTINGS,
    shape: PLACE,
    format: ({ region }) => `region: ${region}`,
    idPattern: (environment) => `${environment}-azure-<entry>`,
    tunnels: {
      insideCidrs: list(text(INSIDE_BLOCK), { min: 1, max: 1 }),
      interfaces: list(whole(1, 65535), { min: 1, max: 2 }),
    },
  },
};

function readAzure(
  { root, created }: KindSource,
  problems: ProblemList,
): KindReading<AzureCatalog, AzurePlace> {
  const providerPlace = root.below('providers', SETTINGS);
  const settings = readAzureSettings(providerPlace, problems);
  const networks = readNetworks(root.below(PROVIDER), created, problems);
  const references = settingsReferences(providerPlace);
  return {
    identities: networks.map(identityOf),
    claims: mergeClaims([...networks.map(claimsOf), { ...NO_CLAIMS, references }]),
    check: (around, list) => {
      const entries = entryNetworks(around);
      checkNames(networks, around, list);
      for (const network of networks) {
        checkBlocks(network, list);
        checkVpn(network, around.site, list);
        checkPlacement(network, around, list);
        resolveIngress(network, around, entries, list);
      }
    },
    finish: (around) => {
      const entries = entryNetworks(around);
      const finished = networks.map((network) => finishNetwork(network, around, entries));
      return {
        model: { settings, networks: finished },
        networks: finished,
        stacks: finished.map(({ key, location, subnets }) => ({
          id: around.identities.idOf(key),
          network: key,
          place: { region: location },
          members: subnets.map((subnet) => `${PROVIDER}/${subnet.entry}`),
          requires: [],
        })),
        credentials: credentialsOf(settings),
      };
    },
  };
}

function credentialsOf({ credentials }: AzureSettings): KindResult<AzureCatalog, AzurePlace>['credentials'] {
  return credentials === undefined ? {} : { [PROVIDER]: credentials };
}

function identityOf({ key, place, draft, guests }: NetworkDraft): IdentityClaim {
  return {
    key,
    where: place.keyAt(),
    ...formerOf(place, draft.formerly),
    parts: guests.map((guest) => ({
      key: `${PROVIDER}/${guest.entry}`,
      where: guest.place.keyAt(),
      ...formerOf(guest.place, guest.draft.formerly),
    })),
  };
}

function formerOf(place: Place, formerly: string | undefined): Pick<IdentityClaim, 'formerly'> {
  if (formerly === undefined) return {};
  return { formerly: { key: `${PROVIDER}/${formerly}`, where: place.at('formerly') } };
}
