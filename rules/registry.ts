import { BY_DIGEST, DECLARED_PRIVILEGE, GUARDED_API, PRIVATE_PORTS } from './docker/containers';
import { ALL_PORTS, DESCRIBED, DOCKER_API, NO_WORLD } from './net/ingress';
import { CLOSED_DEFAULT, FLOW_LOGS, NO_AUTOMATIC_ADDRESS, SUBNET_GROUPS } from './net/networks';
import { NO_PUBLIC_ADDRESS } from './node/addresses';
import { ENCRYPTED, KEYS_AND_IMAGE, LEASED, METADATA, SPOT_ENDS } from './node/machines';
import { NARROW_ROLE } from './node/permissions';
import { NO_SECRET_IN_USER_DATA } from './node/secrets';
import type { Rule } from './rule';
import { LISTED_SUDO, NO_EVERYTHING, NO_RAISING } from './vault/policies';
import { AUDITED, BOUNDED_TOKENS, TLS, WRITE_ONLY } from './vault/server';
import { EXPLICIT_POLICY, MANUAL_ACCEPT, ZONE_SKU } from './vpn/gateways';
import { CIPHERS, DH_GROUPS, IKEV2, LIFETIMES } from './vpn/ike';
import { NO_LITERAL_KEY, STRONG_KEY } from './vpn/keys';
import { DECLARED_NETWORKS } from './vpn/routes';
import { BOTH_RENDERED, DEAD_PEERS, TUNNEL_LOGS } from './vpn/tunnels';

/** Every rule of the package, by id. */
export const RULES: readonly Rule[] = [
  IKEV2,
  CIPHERS,
  DH_GROUPS,
  LIFETIMES,
  TUNNEL_LOGS,
  NO_LITERAL_KEY,
  STRONG_KEY,
  BOTH_RENDERED,
  DEAD_PEERS,
  DECLARED_NETWORKS,
  EXPLICIT_POLICY,
  ZONE_SKU,
  MANUAL_ACCEPT,
  NO_WORLD,
  DOCKER_API,
  ALL_PORTS,
  FLOW_LOGS,
  CLOSED_DEFAULT,
  NO_AUTOMATIC_ADDRESS,
  SUBNET_GROUPS,
  DESCRIBED,
  METADATA,
  NO_PUBLIC_ADDRESS,
  ENCRYPTED,
  NO_SECRET_IN_USER_DATA,
  NARROW_ROLE,
  LEASED,
  SPOT_ENDS,
  KEYS_AND_IMAGE,
  NO_EVERYTHING,
  NO_RAISING,
  LISTED_SUDO,
  BOUNDED_TOKENS,
  TLS,
  AUDITED,
  WRITE_ONLY,
  BY_DIGEST,
  PRIVATE_PORTS,
  GUARDED_API,
  DECLARED_PRIVILEGE,
];
