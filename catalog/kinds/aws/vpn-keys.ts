import { DEFAULT_AMAZON_SIDE_ASN } from '../../../model/clouds/aws/asn';
import { LOG_RETENTION_DAYS } from '../../../model/clouds/aws/logs';
import { CRYPTO_PROFILES } from '../../../model/tunnel/crypto-profiles';
import type { Refusal } from '../../shape/shape';
import { choice, either, explained, FLAG, map, optional, rows, whole, withDefault } from '../../shape/shapes';
import { BOTH_TUNNELS, ONE_TUNNEL } from './tunnel-keys';

export const IPV6: Refusal = { code: 'not-built', message: 'IPv6 is not built yet' };
export const USE_LOGS: Refusal = {
  code: 'refused-key',
  message: 'the logs of both tunnels are set in one place',
  fix: 'use vpn.logs: { format: json, retention_days: 90 }',
};

const OPTION_REFUSALS: Readonly<Record<string, Refusal>> = {
  log_options: USE_LOGS,
  inside_ipv6_cidr: IPV6,
};

export const LOGS = either('none or a map of keys', {
  text: choice('none'),
  map: map({
    format: withDefault(choice('json', 'text'), 'json', 'Form of the log lines'),
    retention_days: withDefault(
      choice(...LOG_RETENTION_DAYS),
      90,
      'How long logs are kept, in days; 0: for ever',
    ),
    bgp: withDefault(FLAG, false, 'BGP logs too; needs AWS provider 6.25'),
  }),
});

/** The keys of a VPN that any gateway of AWS takes. */
export const COMMON_VPN_KEYS = {
  crypto: withDefault(
    explained(choice(...CRYPTO_PROFILES), {
      modern: 'AES256-GCM, SHA2-384, DH group 20, and nothing else',
      compatible: 'AES256, SHA2-256, DH group 14: for daemons without elliptic curves',
      seed: "the controller manual's form: AES128, SHA1, DH group 14",
    }),
    'modern',
    'Named set of cryptographic options',
  ),
  preshared_key_storage: withDefault(
    explained(choice('Standard', 'SecretsManager'), {
      Standard: 'in the VPN service; Terraform reads them into its state',
      SecretsManager: 'in AWS Secrets Manager',
    }),
    'Standard',
    'Where AWS keeps the pre-shared keys',
  ),
  logs: withDefault(LOGS, {}, 'Logs of the tunnels in CloudWatch'),
  tunnel_options: optional(
    map(BOTH_TUNNELS, {
      ...OPTION_REFUSALS,
      inside_cidr: {
        code: 'refused-key',
        message: 'two tunnels cannot have one inside CIDR',
        fix: 'write it in tunnels: [{ inside_cidr: … }, {}]',
      },
    }),
    "The provider's arguments without tunnelN_, for both tunnels",
  ),
  tunnels: optional(
    rows(map(ONE_TUNNEL, OPTION_REFUSALS), { min: 2, max: 2 }),
    'The same for the first and the second tunnel; inside_cidr fixes one',
  ),
};

export const ROUTING = withDefault(
  explained(choice('static', 'bgp'), {
    static: 'AWS gets a route for each network of the site',
    bgp: 'both ends announce their networks over BGP',
  }),
  'static',
  'How routes become known',
);

export const AMAZON_SIDE_ASN = withDefault(
  whole(1, 4294967294),
  DEFAULT_AMAZON_SIDE_ASN,
  "AWS's autonomous system number",
);
