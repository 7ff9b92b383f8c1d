import { SecretReference } from '../../model/vault/secret-reference';
import type { Format } from './shape';
import { pattern } from './shapes';

/** Where a secret is kept. The model decides what a reference is, and shows nothing of what it refuses. */
export const SECRET_REFERENCE: Format<SecretReference> = {
  expected: 'a reference like vault://secret/aws/access_key',
  pattern: '^vault://(?!\\.+/)[A-Za-z0-9_.=@+-]+(/(?!\\.+(/|$))[A-Za-z0-9_.=@+-]+)+$',
  parse: SecretReference.parse,
  example: 'vault://secret/aws/access_key',
};

/** A folder of pre-shared keys, read on the gateway host. */
export const KEY_FOLDER = pattern(
  'a folder like vault://secret/vpn or file:///etc/kakehashi/keys',
  '^(vault://(?!cubbyhole/)[A-Za-z0-9_-]+(/[A-Za-z0-9_.-]*[A-Za-z0-9_-])+|file://(/[A-Za-z0-9_.-]*[A-Za-z0-9_-])+)$',
);
