import { AWS_REGION } from '../../adopted/aws';
import { type IdentityClaim, mergeClaims, NO_CLAIMS } from '../../ground/claims';
import type { ProblemList } from '../../ground/problem-list';
import { entryNetworks } from '../../ingress/resolve';
import type { Infer } from '../../shape/shape';
import { list, map, optional, required, text, whole } from '../../shape/shapes';
import type { Place } from '../../source/place';
import { INSIDE_CIDR } from '../aws/inside-cidr';
import { checkRegionMoved } from '../aws/region-moved';
import { AWS_PROVIDER, type AwsSettings, readAwsSettings, settingsReferences } from '../aws/settings';
import type { Around, KindReading, KindResult, KindSource, StackKind } from '../kind';
import { checkAttachment } from './attachment';
import { claimsOf } from './claims';
import type { NetworkDraft } from './draft';
import { checkExistingNames } from './existing-names';
import { finishNetwork } from './finish';
import { checkForwarding, checkResolverQuota } from './forwarding';
import { resolveIngress } from './ingress';
import { NETWORK_ENTRY, WITHIN_ENTRY } from './keys';
import { checkNames } from './names';
import type { AwsCatalog } from './network';
import { readNetworks } from './networks';
import { networkOrigins } from './origins';
import { checkServices } from './services';
import { checkSubnets } from './subnets';

const PROVIDER = 'aws';

/** Where the resources of a network's stack are. */
const PLACE = map({ region: required(text(AWS_REGION), "where the stack's resources are") });
export type AwsPlace = Infer<typeof PLACE>;

/** A VPC on AWS, with its subnets, its security group and its VPN. */
export const AWS_NETWORK: StackKind<'aws-network', AwsCatalog, AwsPlace> = {
  name: 'aws-network',
  sections: {},
  creates: {
    provider: PROVIDER,
    settings: optional(AWS_PROVIDER, 'Version, credentials and endpoints of AWS'),
    shapes: [{ only: 'within', shape: WITHIN_ENTRY }, { shape: NETWORK_ENTRY }],
  },
  origins: networkOrigins,
  read: readAws,
  lock: {
    provider: PROVIDER,
    shape: PLACE,
    format: ({ region }) => `region: ${region}`,
    idPattern: (environment) => `${environment}-aws-<entry>`,
    tunnels: {
      insideCidrs: list(text(INSIDE_CIDR), { min: 2, max: 2 }),
      interfaces: list(whole(1, 65535), { min: 2, max: 2 }),
    },
  },
  outlives: ['aws-nodes'],
};

function readAws({ root, created }: KindSource, problems: ProblemList): KindReading<AwsCatalog, AwsPlace> {
  const providerPlace = root.below('providers', PROVIDER);
  const settings = readAwsSettings(providerPlace, problems);
  const networks = readNetworks(root.below(PROVIDER), created, settings, problems);
  const references = settingsReferences(providerPlace);
  return {
    identities: networks.map(identityOf),
    claims: mergeClaims([...networks.map(claimsOf), { ...NO_CLAIMS, references }]),
    check: (around, list) => {
      const entries = entryNetworks(around);
      for (const network of networks) {
        checkSubnets(network, list);
        checkServices(network, list);
        checkForwarding(network, around, list);
        checkAttachment(network, around, list);
        checkNames(longestName(network, around), network, settings, list);
        const id = around.identities.idOf(network.key);
        checkRegionMoved(
          'network',
          { id, place: network.place, region: network.draft.awsRegion },
          around,
          list,
        );
        checkExistingNames(network.place.below('create'), list);
        resolveIngress(network, around, entries, list);
      }
      checkResolverQuota(networks, list);
      checkBackendCredentials(around, settings.credentials !== undefined, list);
    },
    finish: (around) => {
      const entries = entryNetworks(around);
      const finished = networks.map((network) => finishNetwork(network, around, entries));
      return {
        model: { settings, networks: finished },
        networks: finished,
        stacks: finished.map(({ key, region, subnets, attachment }) => ({
          id: around.identities.idOf(key),
          network: key,
          place: { region },
          members: subnets.map((subnet) => `${PROVIDER}/${subnet.entry}`),
          requires: attachment?.stack === undefined ? [] : [attachment.stack],
        })),
        credentials: credentialsOf(settings),
      };
    },
  };
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

/** The credentials that are kept in Vault, by the names that VCP's SDK gives them. */
function credentialsOf({ credentials }: AwsSettings): KindResult<AwsCatalog, AwsPlace>['credentials'] {
  if (credentials === undefined) return {};
  const { accessKey, secretKey, sessionToken } = credentials;
  const both = { access_key: accessKey, secret_key: secretKey };
  return { [PROVIDER]: sessionToken ? { ...both, token: sessionToken } : both };
}

/** The longest name in the cloud: that of a connection bears the name of its gateway. */
function longestName({ key, vpn }: NetworkDraft, { identities, site }: Around<AwsPlace>): string {
  const id = identities.idOf(key);
  const gateways = vpn === undefined ? [] : (site?.gateways ?? []);
  return gateways
    .map(({ name }) => (name === undefined ? id : `${id}-${name}`))
    .reduce((longest, name) => (name.length > longest.length ? name : longest), id);
}

/**
 * Notes where a state's backend would be reached with the cloud's credentials: those that come from Vault are in Terraform's
 * environment, where the S3 backend looks for its own unless a profile is named.
 */
function checkBackendCredentials(
  { backend, root }: Around<AwsPlace>,
  hasCredentials: boolean,
  problems: ProblemList,
): void {
  if (backend.type !== 's3' || !hasCredentials || backend.settings.profile !== undefined) return;
  problems.note(
    'shared-credentials',
    root.at('backend'),
    'Terraform reaches its states with the credentials of providers.aws: those from Vault are in its environment; name a profile of the backend to keep them apart',
  );
}
