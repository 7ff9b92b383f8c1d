import { BACKEND_TYPES } from '../ground/catalog';
import { SECRET_REFERENCE, VAULT_ADDRESS, VAULT_NAMESPACE } from '../kinds/vault/formats';
import { AWS_REGION, INSIDE_CIDR, NAME } from '../shape/formats';
import { choice, list, map, text, whole } from '../shape/shape';

const UNIT_ID = {
  expected: "a stack's id like dev-aws-default",
  pattern: '^[a-zA-Z0-9_-]{1,64}$',
};

const NETWORK_KEY = {
  expected: "a network's key like aws/default",
  pattern: '^[a-z]+/[a-zA-Z][a-zA-Z0-9_-]{0,31}$',
};

/** `catalog/<env>.lock.yml`. */
export const LOCK = map({
  version: { shape: choice(1), description: 'Version of the lock file: 1', required: true },
  stacks: {
    shape: {
      kind: 'entries',
      key: UNIT_ID,
      mayBeEmpty: true,
      of: map({
        kind: { shape: choice('aws-network', 'vault'), description: 'kind of stack', required: true },
        provider: { shape: text(NAME), description: 'provider', required: true },
        region: { shape: text(AWS_REGION), description: 'region of a network' },
        address: { shape: text(VAULT_ADDRESS), description: 'address of a Vault' },
        namespace: { shape: text(VAULT_NAMESPACE), description: 'namespace in it' },
        backend: { shape: choice(...BACKEND_TYPES), description: 'where the state lies', required: true },
      }),
    },
    description: 'Stacks whose states exist',
  },
  tunnels: {
    shape: {
      kind: 'entries',
      key: NETWORK_KEY,
      mayBeEmpty: true,
      of: map({
        inside_cidrs: {
          shape: list(text(INSIDE_CIDR), { min: 2, max: 2 }),
          description: 'one per tunnel',
          required: true,
        },
        interfaces: {
          shape: list(whole(1, 65535), { min: 2, max: 2 }),
          description: 'one per tunnel',
          required: true,
        },
        preshared_keys: { shape: text(SECRET_REFERENCE), description: 'where its keys were stored' },
      }),
    },
    description: 'What each VPN connection was given at its gateway',
  },
});
