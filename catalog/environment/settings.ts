import { didYouMean } from '../../base/text/nearest';
import { daemonCapabilities } from '../../model/gateway/capabilities';
import type { GatewayDaemon, InterfaceKind } from '../../model/gateway/host';
import { parseAsn } from '../../model/net/asn';
import { Cidr, compareCidrs, parseInterfaceAddress } from '../../model/net/cidr';
import {
  type AwsSettings,
  BACKEND_TYPES,
  type Backend,
  type BackendType,
  type Json,
  type Site,
} from '../ground/catalog';
import type { ProblemList } from '../ground/problem-list';
import { readCredentials } from '../kinds/aws-network/credentials';
import { Section } from '../shape/section';
import { checkAwsVersion } from '../shape/version-constraint';
import { describe, type MapNode, nodeAt, quoted } from '../source/node';
import { backendShape } from './backends';
import { AWS_PROVIDER, SITE } from './keys';

const DEFAULT_AWS_VERSION = '>= 5.100.0, < 7.0.0';

/** Addresses that can't be the outside of a gateway (RFC 6890), documentation blocks left in for examples. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].map((text) => Cidr.parse(text));

/** `site`, or undefined when it is absent or lacks something. */
export function readSite(root: MapNode, problems: ProblemList): Site | undefined {
  const section = Section.read(root, ['site'], SITE, problems);
  if (!section) return undefined;
  const controllerText = section.text('controller');
  const controller = controllerText === undefined ? undefined : parseInterfaceAddress(controllerText);
  const publicIp = readPublicIp(section, problems);
  const asnNumber = section.number('asn') ?? 65000;
  const asn = problems.parse(section.pathOf('asn'), section.at('asn'), () => parseAsn(asnNumber));
  const subnets = readSiteSubnets(section, controller?.address, controller?.network, problems);
  const gateway = section.section('gateway');
  const daemon = gateway?.text('daemon') === 'strongswan' ? 'strongswan' : 'libreswan';
  const versions = daemon === 'libreswan' ? [4, 5] : [5, 6];
  const version = gateway?.number('version') ?? versions[0];
  const interfaceKind = gateway?.text('interface') as InterfaceKind | undefined;
  const keyReference = gateway?.text('key_reference');
  if (gateway && version !== undefined) checkInterface(gateway, daemon, version, problems);
  if (gateway && version !== undefined && !versions.includes(version)) {
    const message = `must be ${versions.join(' or ')} for ${daemon}, got ${version}`;
    problems.error('bad-value', gateway.pathOf('version'), message, gateway.at('version'));
  }
  if (!controller || publicIp === undefined || asn === undefined || version === undefined) return undefined;
  return {
    controller,
    publicIp,
    subnets,
    asn,
    mesh: section.flag('mesh') ?? false,
    gateway: {
      daemon,
      version,
      ...(interfaceKind === undefined ? {} : { interface: interfaceKind }),
      ...(keyReference === undefined ? {} : { keyReference }),
      behindNat: gateway?.flag('behind_nat') ?? false,
      linkMtu: gateway?.number('link_mtu') ?? 1500,
    },
  };
}

/** An older kind of interface that a daemon's version can't make (facts.md §4). */
function checkInterface(
  gateway: Section,
  daemon: GatewayDaemon,
  version: number,
  problems: ProblemList,
): void {
  const kind = gateway.text('interface');
  const kinds: readonly string[] | undefined = daemonCapabilities(daemon, version)?.interfaceKinds;
  if (kind === undefined || kinds === undefined || kinds.includes(kind)) return;
  const message = `must be ${kinds.join(' or ')} for ${daemon} ${version}, got "${kind}"`;
  const mend = 'remove it: the default fits the daemon; vti is for libreswan 4 alone';
  problems.error('bad-value', gateway.pathOf('interface'), message, gateway.at('interface'), mend);
}

function readPublicIp(section: Section, problems: ProblemList): string | undefined {
  const publicIp = section.text('public_ip');
  const inside = publicIp && NOT_PUBLIC.find((block) => block.containsAddress(publicIp));
  if (!publicIp || !inside) return publicIp;
  problems.error(
    'bad-value',
    section.pathOf('public_ip'),
    `must be a public address, got "${publicIp}" (of ${inside})`,
    section.at('public_ip'),
    'give the address that the Internet sees; with behind_nat: true the gateway may have a private one',
  );
  return undefined;
}

function readSiteSubnets(
  section: Section,
  address: string | undefined,
  network: Cidr | undefined,
  problems: ProblemList,
): readonly Cidr[] {
  if (!section.has('subnets')) return network ? [network] : [];
  const subnets = section.texts('subnets').map((text) => Cidr.parse(text));
  const node = nodeAt(section.root, section.pathOf('subnets'));
  const isWhole = node?.kind === 'list' && node.items.length === subnets.length;
  subnets.forEach((subnet, index) => {
    const other = subnets.slice(0, index).find((earlier) => earlier.overlaps(subnet));
    if (!other) return;
    const message = `${subnet} overlaps ${other} of the same list`;
    const place = isWhole ? section.at('subnets', index) : section.at('subnets');
    problems.error('overlap', section.pathOf('subnets', index), message, place, 'keep the wider one');
  });
  if (
    isWhole &&
    address &&
    subnets.length > 0 &&
    !subnets.some((subnet) => subnet.containsAddress(address))
  ) {
    const message = `must contain the controller (${address}), got ${subnets.join(', ')}`;
    problems.error('controller-outside', section.pathOf('subnets'), message, section.at('subnets'));
  }
  return [...subnets].sort(compareCidrs);
}

/** `backend`; local where nothing is said. */
export function readBackend(root: MapNode, problems: ProblemList): Backend {
  const local: Backend = { type: 'local', prefix: 'kakehashi', settings: {} };
  const node = nodeAt(root, ['backend']);
  if (!node || node.kind === 'broken') return local;
  const typeNode = node.kind === 'map' ? node.keys.get('type')?.value : undefined;
  if (node.kind === 'map' && !node.keys.has('type')) {
    const position = root.keys.get('backend')?.position;
    problems.error(
      'missing-key',
      ['backend'],
      `key "type" is missing: one of ${BACKEND_TYPES.join(', ')}`,
      position,
    );
    return local;
  }
  const type = typeNode?.kind === 'scalar' ? String(typeNode.value) : 'local';
  if (!isBackendType(type)) {
    const hint = didYouMean(type, BACKEND_TYPES);
    const message = `must be one of ${BACKEND_TYPES.join(', ')}, got ${describe(typeNode ?? node)}${hint}`;
    problems.error('bad-value', ['backend', 'type'], message, typeNode?.position);
    return local;
  }
  const section = Section.read(root, ['backend'], backendShape(type), problems);
  if (!section) return local;
  const { type: _type, prefix: _prefix, ...settings } = section.values as Record<string, Json>;
  return { type, prefix: section.text('prefix') ?? 'kakehashi', settings };
}

function isBackendType(text: string): text is BackendType {
  return (BACKEND_TYPES as readonly string[]).includes(text);
}

/** `providers.aws`; defaults where nothing is said. */
export function readAwsSettings(root: MapNode, problems: ProblemList): AwsSettings {
  const defaults: AwsSettings = {
    version: DEFAULT_AWS_VERSION,
    allowedAccountIds: [],
    endpoints: {},
    defaultTags: {},
  };
  const providers = nodeAt(root, ['providers']);
  if (!providers || providers.kind === 'broken') return defaults;
  if (providers.kind !== 'map') {
    const message = `must be a map of providers, got ${describe(providers)}`;
    problems.error('wrong-type', ['providers'], message, providers.position);
    return defaults;
  }
  for (const [name, key] of providers.keys) {
    if (name === 'aws') continue;
    const message = `provider ${quoted(name)} is not built yet; only aws is${didYouMean(name, ['aws'])}`;
    problems.error('not-built', ['providers'], message, key.position);
  }
  const section = Section.read(root, ['providers', 'aws'], AWS_PROVIDER, problems);
  if (!section) return defaults;
  const version = section.text('version') ?? DEFAULT_AWS_VERSION;
  problems.parse(section.pathOf('version'), section.at('version'), () => checkAwsVersion(version));
  const role = section.section('assume_role');
  const roleArn = role?.text('role_arn');
  const [profile, externalId] = [section.text('profile'), role?.text('external_id')];
  const credentials = readCredentials(section, problems);
  const [sessionName, tokenFile] = [role?.text('session_name'), role?.text('web_identity_token_file')];
  return {
    version,
    ...(profile === undefined ? {} : { profile }),
    ...(credentials ? { credentials } : {}),
    ...(roleArn === undefined
      ? {}
      : {
          assumeRole: {
            roleArn,
            ...(externalId === undefined ? {} : { externalId }),
            ...(sessionName === undefined ? {} : { sessionName }),
            ...(tokenFile === undefined ? {} : { webIdentityTokenFile: tokenFile }),
          },
        }),
    allowedAccountIds: section.texts('allowed_account_ids'),
    endpoints: section.textMap('endpoints'),
    defaultTags: section.textMap('default_tags'),
  };
}
