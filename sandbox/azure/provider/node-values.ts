import { isIPv4 } from 'node:net';
import type { Demand } from '../../provider/value-rules';
import { hasSpecialCharacter } from '../computer-name';
import { DISALLOWED_ADMINISTRATORS } from '../machine-checks';
import { sshKeyFault } from '../ssh-key';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Whether a password has characters of three of four kinds, as Linux machines need them. */
function isComplex(password: string): boolean {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter((kind) => kind.test(password)).length >= 3;
}

/** Messages about the name of a machine or scale set, besides the recorded one. */
const MACHINE_NAME = [
  '"{name}" can be at most 80 characters, got {bytes}',
  '"{name}" may only contain alphanumeric characters, dots, dashes and underscores',
  '"{name}" must begin with an alphanumeric character',
  '"{name}" cannot contain only numbers',
];

/** Messages about a public key of SSH, besides the recorded one. The provider also names the bits and the algorithm. */
const SSH_KEY = [
  '"{name}" is not a complete SSH2 Public Key',
  'parsing "{name}" as a public key object',
  '- the provided SSH key is not supported. Only RSA and ED25519 SSH keys are supported by Azure',
  '- the provided RSA SSH key is too short. Only ssh-rsa keys with 2048 bits or higher are supported by Azure',
];

function atMost(characters: number): string {
  return `"{name}" can be at most ${characters} characters, got {bytes}`;
}

/** Messages that the published source gives and the recording has not, by type and path of the argument. */
export const NODE_DOCUMENTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  azurerm_linux_virtual_machine: {
    name: MACHINE_NAME,
    computer_name: [
      atMost(64),
      '"{name}" cannot begin with an underscore',
      '"{name}" cannot end with a period',
      '"{name}" cannot end with a dash',
    ],
    admin_username: [
      `"{name}" specified is not allowed, got {quoted}, cannot match: ${JSON.stringify(DISALLOWED_ADMINISTRATORS.join(', '))}`,
    ],
    'admin_ssh_key.public_key': SSH_KEY,
  },
  azurerm_orchestrated_virtual_machine_scale_set: {
    name: MACHINE_NAME,
    'os_profile.linux_configuration.computer_name_prefix': [
      atMost(58),
      '"{name}" cannot begin with an underscore',
      '"{name}" cannot end with a period',
    ],
  },
};

/** The demands behind the provider's messages about nodes and what serves them. */
export const NODE_DEMANDS: readonly Demand[] = [
  [/as an \w+ ID: parsing Azure ID/, (value) => value.startsWith('/subscriptions/')],
  [
    /parsing the SharedGalleryImageVersion ID/,
    (value) => /^\/(subscriptions\/.+\/(images|galleries)|communityGalleries|sharedGalleries)\/./.test(value),
  ],
  [/cannot parse azure key vault child ID/, (value) => /^https:\/\/[^/]+\/keys\/./.test(value)],
  [/to be a base64 string/, (value) => BASE64.test(value)],
  [/'P' period mark at the start/, (value) => /^P/.test(value)],
  [/to be a valid RFC3339 date/, (value) => RFC3339.test(value)],
  [/to have a host, got/, (value) => /^https?:\/\/[^/]+/.test(value)],
  [/to be an empty string: got/, (value) => value === '' || /^https?:\/\/[^/]+/.test(value)],
  [/can be at most (\d+) characters, got/, (value, match) => value.length <= Number(match[1])],
  [/must end with an alphanumeric character or underscore/, (value) => /\w$/.test(value)],
  [/must begin with an alphanumeric character/, (value) => /^[A-Za-z0-9]/.test(value)],
  [
    /may only contain alphanumeric characters, dots, dashes and underscores/,
    (value) => /^[\w.-]*$/.test(value),
  ],
  [/cannot contain only numbers/, (value) => !/^\d+$/.test(value)],
  [/cannot contain the special characters/, (value) => !hasSpecialCharacter(value)],
  [/cannot begin with an underscore/, (value) => !value.startsWith('_')],
  [/cannot end with a period/, (value) => !value.endsWith('.')],
  [/cannot end with a dash/, (value) => !value.endsWith('-')],
  [/specified is not allowed, got/, (value) => !DISALLOWED_ADMINISTRATORS.includes(value)],
  [/fulfill 3 out of these 4 conditions|minimum password complexity/, isComplex],
  [/is not a complete SSH2 Public Key/, (value) => sshKeyFault(value) !== 'incomplete'],
  [/^decoding .* for public key data/, (value) => sshKeyFault(value) !== 'undecodable'],
  [/as a public key object/, (value) => sshKeyFault(value) !== 'no key'],
  [/Only RSA and ED25519 SSH keys/, (value) => sshKeyFault(value) !== 'unsupported'],
  [/Only ssh-rsa keys with 2048 bits/, (value) => sshKeyFault(value) !== 'short'],
  [/is not formatted properly, got/, (value) => value === 'Mix' || /^[^_\s]+_(?!.*__)\S+$/.test(value)],
  [/to be > 0\.00001 but got/, (value) => Number(value) === -1 || Number(value) >= 0.00001],
  [
    // A message about the argument `name` has its placeholder here too.
    /\(The account (name|\{name\}) must start with a letter or number/,
    (value) => /^[A-Za-z0-9][A-Za-z0-9-]{4,48}[A-Za-z0-9]$/.test(value),
  ],
  [/\(The name can contain only letters, numbers/, (value) => /^[A-Za-z][\w-]{0,62}$/.test(value)],
  [
    /may only contain alphanumeric characters and dashes and must be between 3-24/,
    (value) => /^[A-Za-z0-9-]{3,24}$/.test(value),
  ],
  [/may only contain alphanumeric characters and dashes$/, (value) => /^[A-Za-z0-9-]+$/.test(value)],
  [
    /must start with IPV4 address and\/or slash/,
    (value) => isIPv4(value.split('/')[0] ?? '') && /^[^/]+(\/\d{1,2})?$/.test(value),
  ],
  // The recording has the beginnings of these two lists only.
  [/one of \["Africa\/Abidjan"/, (value) => /^(UTC|GMT|[A-Z][A-Za-z]+(\/[A-Za-z][\w+-]*){1,2})$/.test(value)],
  [/one of \["" "Afghanistan Standard Time"/, (value) => /^([A-Z][A-Za-z0-9 .+-]*)?$/.test(value)],
];
