import { isAmazonSideAsn } from '../../../model/clouds/aws/asn';
import { cryptoProfileOptions } from '../../../model/clouds/aws/crypto-options';
import { tunnelOptionProblems } from '../../../model/clouds/aws/tunnel-option-problems';
import { optionKey, type TunnelOptions } from '../../../model/clouds/aws/tunnel-options';
import { parseAsn } from '../../../model/net/asn';
import { Cidr } from '../../../model/net/cidr';
import type { CryptoProfile } from '../../../model/tunnel/crypto-profiles';
import type { VpnDraft } from '../../environment/drafts';
import type { Json, VpnLogs } from '../../ground/catalog';
import type { ProblemList } from '../../ground/problem-list';
import { isMap, type Section } from '../../shape/section';
import { isAtLeast } from '../../shape/version-constraint';
import { OPTION_OF_KEY } from './keys';

/** The first AWS provider with BGP logs on a VPN connection. */
const BGP_LOGS_PROVIDER = '6.25.0';

/** `create.vpn`; undefined for `none`. */
export function readVpn(create: Section, awsVersion: string, problems: ProblemList): VpnDraft | undefined {
  if (create.values.vpn === 'none') return undefined;
  const vpn = create.section('vpn');
  const crypto = (vpn?.text('crypto') ?? 'modern') as CryptoProfile;
  const asn = vpn?.number('amazon_side_asn') ?? 64512;
  const routing = vpn?.text('routing') === 'bgp' ? 'bgp' : 'static';
  const mode = vpn?.text('mode') === 'policy-based' ? 'policy-based' : 'route-based';
  if (vpn) {
    checkAmazonSideAsn(vpn, asn, problems);
    if (vpn.text('gateway') === 'transit') {
      const mend = 'use gateway: virtual-private';
      problems.error(
        'not-built',
        vpn.pathOf('gateway'),
        'transit gateways are not built yet',
        vpn.at('gateway'),
        mend,
      );
    }
    if (routing === 'bgp' && mode === 'policy-based') {
      const message = 'policy-based cannot be combined with routing: bgp';
      problems.error('policy-with-bgp', vpn.pathOf('mode'), message, vpn.at('mode'), 'use mode: route-based');
    }
    if (crypto === 'seed') checkSeedOptions(vpn, problems);
  }
  const logs = readLogs(vpn, awsVersion, problems);
  return {
    gateway: 'virtual-private',
    routing,
    mode,
    crypto,
    amazonSideAsn: asn,
    presharedKeyStorage:
      vpn?.text('preshared_key_storage') === 'SecretsManager' ? 'SecretsManager' : 'Standard',
    tunnels: [readTunnel(create, vpn, crypto, 0, problems), readTunnel(create, vpn, crypto, 1, problems)],
    ...(logs ? { logs } : {}),
    position: create.keyAt('vpn'),
  };
}

function checkAmazonSideAsn(vpn: Section, asn: number, problems: ProblemList): void {
  const [path, position] = [vpn.pathOf('amazon_side_asn'), vpn.at('amazon_side_asn')];
  const parsed = problems.parse(path, position, () => parseAsn(asn));
  if (parsed === undefined || isAmazonSideAsn(parsed)) return;
  const message = `must be from 64512 to 65534 or from 4200000000 to 4294967294, got ${asn}`;
  problems.error('bad-value', path, message, position);
}

/** The options that decide what is negotiated; `seed` means that none of them is set. */
const NEGOTIATED = /^(ike_versions|phase[12]_(encryption_algorithms|integrity_algorithms|dh_group_numbers))$/;

function checkSeedOptions(vpn: Section, problems: ProblemList): void {
  for (const section of [vpn.section('tunnel_options'), ...vpn.sections('tunnels')]) {
    for (const key of Object.keys(section?.values ?? {}).filter((name) => NEGOTIATED.test(name))) {
      problems.error(
        'seed-with-options',
        section?.pathOf(key) ?? [],
        'crypto: seed sets no cryptographic option, so none can be given beside it',
        section?.keyAt(key),
        'use crypto: compatible or modern, whose options can be replaced one by one',
      );
    }
  }
}

function readLogs(vpn: Section | undefined, awsVersion: string, problems: ProblemList): VpnLogs | undefined {
  if (vpn?.values.logs === 'none') return undefined;
  const logs = vpn?.section('logs');
  const bgp = logs?.flag('bgp') ?? false;
  if (logs && bgp && !safeAtLeast(awsVersion, BGP_LOGS_PROVIDER)) {
    problems.error(
      'provider-too-old',
      logs.pathOf('bgp'),
      `needs providers.aws.version from ${BGP_LOGS_PROVIDER} on, got "${awsVersion}"`,
      logs.at('bgp'),
      `write providers.aws.version: '>= ${BGP_LOGS_PROVIDER}, < 7.0.0'`,
    );
  }
  return {
    format: logs?.text('format') === 'text' ? 'text' : 'json',
    retentionDays: logs?.number('retention_days') ?? 90,
    bgp,
  };
}

function safeAtLeast(constraint: string, version: string): boolean {
  try {
    return isAtLeast(constraint, version);
  } catch {
    return true; // reported where it stands
  }
}

function readTunnel(
  create: Section,
  vpn: Section | undefined,
  crypto: CryptoProfile,
  index: 0 | 1,
  problems: ProblemList,
): TunnelOptions {
  const both = vpn?.values.tunnel_options;
  const own = vpn?.sections('tunnels').find((section) => section.path.at(-1) === index);
  const merged: TunnelOptions = {
    ...cryptoProfileOptions(crypto),
    ...optionsOf(isMap(both) ? both : {}),
    ...optionsOf(own?.values ?? {}),
  };
  for (const { option, message } of tunnelOptionProblems(merged)) {
    const key = optionKey(option);
    const places = own?.has(key) ? [own, key] : ['tunnel_options', key];
    const section = vpn ?? create;
    const [path, position] =
      places[0] === own && own
        ? [own.pathOf(key), own.at(key)]
        : [section.pathOf('tunnel_options', key), section.at('tunnel_options', key)];
    problems.error('bad-option', path, message, position);
  }
  return merged;
}

function optionsOf(values: { readonly [key: string]: Json }): TunnelOptions {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      OPTION_OF_KEY.get(key),
      key === 'inside_cidr' ? Cidr.parse(String(value)) : value,
    ]),
  );
}
