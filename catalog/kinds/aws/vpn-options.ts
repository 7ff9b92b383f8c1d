import { isAmazonSideAsn } from '../../../model/clouds/aws/asn';
import { cryptoProfileOptions } from '../../../model/clouds/aws/crypto-options';
import { tunnelOptionProblems } from '../../../model/clouds/aws/tunnel-option-problems';
import { optionKey, type TunnelOptions } from '../../../model/clouds/aws/tunnel-options';
import { parseAsn } from '../../../model/net/asn';
import type { Where } from '../../ground/problem';
import type { ProblemList } from '../../ground/problem-list';
import type { Draft } from '../../shape/shape';
import { map } from '../../shape/shapes';
import { isAtLeast } from '../../shape/version-constraint';
import type { Place } from '../../source/place';
import { COMMON_VPN_KEYS } from './vpn-keys';

/** The first AWS provider with BGP logs on a VPN connection, and with large tunnels. */
const NEWER_VPN_PROVIDER = '6.25.0';

const COMMON_VPN = map(COMMON_VPN_KEYS);
type Keys = Draft<typeof COMMON_VPN>;

/** The options of each tunnel: profile, `tunnel_options` and `tunnels[i]` merged. */
export type BothTunnels = readonly [TunnelOptions, TunnelOptions];

/** Reads what a VPN has on any gateway of AWS. @param place - of the keys */
export function readVpnOptions(
  place: Place,
  keys: Keys,
  awsVersion: string,
  problems: ProblemList,
): BothTunnels {
  if (keys.crypto === 'seed') checkSeedOptions(place, problems);
  checkLogs(place, keys, awsVersion, problems);
  return [readTunnel(place, keys, 0, problems), readTunnel(place, keys, 1, problems)];
}

/** @param place - of the map that has the key `amazon_side_asn` */
export function checkAmazonSideAsn(place: Place, asn: number, problems: ProblemList): void {
  const where = place.at('amazon_side_asn');
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
  if (logs !== 'none' && logs.bgp) checkProvider(vpn.at('logs', 'bgp'), awsVersion, problems);
}

/** Refuses an option that only newer providers have, where the constraint also allows older ones. */
export function checkProvider(where: Where, awsVersion: string, problems: ProblemList): void {
  if (safeAtLeast(awsVersion, NEWER_VPN_PROVIDER)) return;
  problems.error(
    'provider-too-old',
    where,
    { must: `needs providers.aws.version from ${NEWER_VPN_PROVIDER} on`, got: `"${awsVersion}"` },
    `write providers.aws.version: '>= ${NEWER_VPN_PROVIDER}, < 7.0.0'`,
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
