import { isAmazonSideAsn } from '../../../model/clouds/aws/asn';
import { cryptoProfileOptions } from '../../../model/clouds/aws/crypto-options';
import { tunnelOptionProblems } from '../../../model/clouds/aws/tunnel-option-problems';
import { optionKey, type TunnelOptions } from '../../../model/clouds/aws/tunnel-options';
import { parseAsn } from '../../../model/net/asn';
import type { ProblemList } from '../../ground/problem-list';
import type { Draft } from '../../shape/shape';
import { isAtLeast } from '../../shape/version-constraint';
import type { Place } from '../../source/place';
import type { VpnDraft } from './draft';
import type { NETWORK_ENTRY, VPN_KEYS } from './keys';

/** The first AWS provider with BGP logs on a VPN connection. */
const BGP_LOGS_PROVIDER = '6.25.0';

type CreateVpn = NonNullable<Draft<typeof NETWORK_ENTRY>['create']>['vpn'];
type Keys = Draft<typeof VPN_KEYS>;

/** Reads `create.vpn`; undefined for `none`. */
export function readVpn(
  create: Place,
  keys: CreateVpn,
  awsVersion: string,
  problems: ProblemList,
): VpnDraft | undefined {
  if (keys === 'none') return undefined;
  const place = create.below('vpn');
  const { amazonSideAsn, crypto, routing, mode } = keys;
  if (place.has('amazon_side_asn')) checkAmazonSideAsn(place, amazonSideAsn, problems);
  if (keys.gateway === 'transit') {
    const message = 'transit gateways are not built yet';
    problems.error('not-built', place.at('gateway'), message, 'use gateway: virtual-private');
  }
  if (routing === 'bgp' && mode === 'policy-based') {
    const message = 'policy-based cannot be combined with routing: bgp';
    problems.error('policy-with-bgp', place.at('mode'), message, 'use mode: route-based');
  }
  if (crypto === 'seed') checkSeedOptions(place, problems);
  checkLogs(place, keys, awsVersion, problems);
  return {
    place,
    keys,
    tunnels: [readTunnel(place, keys, 0, problems), readTunnel(place, keys, 1, problems)],
  };
}

function checkAmazonSideAsn(vpn: Place, asn: number, problems: ProblemList): void {
  const where = vpn.at('amazon_side_asn');
  const parsed = problems.parse(where, () => parseAsn(asn));
  if (parsed === undefined || isAmazonSideAsn(parsed)) return;
  const must = 'must be from 64512 to 65534 or from 4200000000 to 4294967294';
  problems.error('bad-value', where, { must, got: String(asn) });
}

/** The options that decide what is negotiated; `seed` means that none of them is set. */
const NEGOTIATED = /^(ike_versions|phase[12]_(encryption_algorithms|integrity_algorithms|dh_group_numbers))$/;

function checkSeedOptions(vpn: Place, problems: ProblemList): void {
  for (const options of [vpn.below('tunnel_options'), ...vpn.below('tunnels').items]) {
    for (const key of options.names.filter((name) => NEGOTIATED.test(name))) {
      problems.error(
        'seed-with-options',
        options.keyAt(key),
        'crypto: seed sets no cryptographic option, so none can be given beside it',
        'use crypto: compatible or modern, whose options can be replaced one by one',
      );
    }
  }
}

function checkLogs(vpn: Place, { logs }: Keys, awsVersion: string, problems: ProblemList): void {
  if (logs === 'none' || !logs.bgp || safeAtLeast(awsVersion, BGP_LOGS_PROVIDER)) return;
  problems.error(
    'provider-too-old',
    vpn.at('logs', 'bgp'),
    { must: `needs providers.aws.version from ${BGP_LOGS_PROVIDER} on`, got: `"${awsVersion}"` },
    `write providers.aws.version: '>= ${BGP_LOGS_PROVIDER}, < 7.0.0'`,
  );
}

function safeAtLeast(constraint: string, version: string): boolean {
  try {
    return isAtLeast(constraint, version);
  } catch {
    return true; // reported where it stands
  }
}

function readTunnel(vpn: Place, keys: Keys, index: 0 | 1, problems: ProblemList): TunnelOptions {
  const { tunnelOptions, tunnels, crypto } = keys;
  const merged: TunnelOptions = { ...cryptoProfileOptions(crypto), ...tunnelOptions, ...tunnels?.[index] };
  for (const { option, message } of tunnelOptionProblems(merged)) {
    const key = optionKey(option);
    const place = vpn.has('tunnels', index, key)
      ? vpn.below('tunnels', index, key)
      : vpn.below('tunnel_options', key);
    problems.error('bad-option', place.at(), message);
  }
  return merged;
}
