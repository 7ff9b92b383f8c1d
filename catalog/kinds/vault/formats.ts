import { type ValueAdvice, ValueError } from '../../../model/value-error';
import { CAPABILITIES, type Capability } from '../../../model/vault/policy';
import { durationSeconds } from '../../../model/vault/request-limits-text';
import type { Format } from '../../shape/shape';
import { pattern } from '../../shape/shapes';

const HOST = '([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])';
const LOOPBACK = '(localhost|127\\.[0-9]+\\.[0-9]+\\.[0-9]+|\\[::1\\])';
const PORT = '(:[0-9]{1,5})?';

/** Tokens and secrets go over this connection, so that only a server on the same host may do without TLS. */
export const VAULT_ADDRESS: Format<string> = {
  expected: 'a URL of https with host and port alone, like https://10.0.2.15:8443',
  pattern: `^(https://${HOST}|http://${LOOPBACK})${PORT}$`,
  parse: (text) => {
    parseVaultAddress(text);
    return text;
  },
  example: 'https://10.0.2.15:8443',
};

const ADDRESS = new RegExp(VAULT_ADDRESS.pattern);

/**
 * A Vault server's URL in its one spelling: small letters, no default port.
 *
 * @throws {@link ValueError} for http but to a loopback address, and for a path, a query, a user or a password
 */
export function parseVaultAddress(text: string): string {
  // What follows the path may hold a token.
  const shown = text.replace(/[?#][\s\S]*$/, '?…');
  const url = ADDRESS.test(text) ? parsedUrl(text) : undefined;
  if (url) return url.origin;
  const near = text.replace(/^(https?:\/\/[^/?#@]+)[/?#][\s\S]*$/, '$1');
  if (/^http:/.test(text)) {
    throw new ValueError(
      'a URL of https: without TLS, tokens and secrets are read on the way (only a loopback address may have http)',
      shown,
    );
  }
  const suggestion = near !== text && ADDRESS.test(near) ? near : undefined;
  throw new ValueError(VAULT_ADDRESS.expected, shown, { suggestion });
}

function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const NAMESPACE_PART = '[A-Za-z0-9_][A-Za-z0-9_.-]*';

/** A namespace of Vault Enterprise or OpenBao, without slashes at its ends. */
export const VAULT_NAMESPACE = pattern(
  'a namespace like team/lab, without slashes at its ends',
  `^(?!(root|sys|audit|auth|cubbyhole|identity)$)${NAMESPACE_PART}(/${NAMESPACE_PART})*$`,
  'team',
);

const PATH_PART = '(?!\\.+(/|$))[A-Za-z0-9_.-]+';

/** Where an engine or a device is mounted. */
export const MOUNT_PATH = pattern(
  'a path like secret or team/kv, without slashes at its ends',
  `^(?=.{1,128}$)${PATH_PART}(/${PATH_PART})*$`,
  'secret',
);

/** Vault itself writes the names of policies in small letters. */
export const POLICY_NAME = pattern(
  'a name of small letters, digits, _ . and -, up to 64',
  '^[a-z0-9][a-z0-9_.-]{0,63}$',
  'deploy',
);

/** A person: no resource is named after one, but tokens are told apart by it. */
export const USER_NAME = pattern(
  'a name of letters, digits, _ . @ and -, up to 64',
  '^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$',
  'alice',
);

/** Vault takes `CI` and `ci` for one role (inferred from its source, where role names are made small). */
export const APPROLE_NAME: Format<string> = { ...POLICY_NAME, example: 'ci' };

/** An option of an audit device. */
export const OPTION_NAME = pattern('a name', '^[a-z][a-z0-9_]{0,63}$');

export const ROLE_ID = pattern(
  "an AppRole's role id",
  '^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$',
  '7b3d3a5e-0a52-4f0b-9a5e-2f3c9d6b8f10',
);

/** A path as a rule of a policy has it; what a wildcard may be is checked by the parser. */
export const RULE_PATH: Format<string> = {
  expected:
    'a path of a policy like secret/aws/*: no slash before it, + for one whole segment, * at its end alone',
  pattern:
    '^(?!/)(?!.*//)(?=.{1,256}$)(?!.*\\+\\*)(?!([^/]*/)*\\+[^/])(?!.*\\{\\{(?! *identity\\.[^{}]+\\}\\}))([^*\\s{}]|\\{\\{ *[^{}\\s]+ *\\}\\}|\\{(?!\\{)|\\}(?!\\}))*\\*?$',
  parse: parseRulePath,
  example: 'secret/aws/*',
};

/** A template of a path: `{{identity.entity.name}}`, with or without blanks in it. */
const TEMPLATE = /\{\{ *identity\.[^{}\s]+ *\}\}/g;

/** @throws {@link ValueError} */
function parseRulePath(text: string): string {
  const refuse = (expected: string, advice?: ValueAdvice): never => {
    throw new ValueError(expected, text, advice);
  };
  if (text.startsWith('/')) {
    refuse('a path without a slash before it', { suggestion: text.replace(/^\/+/, '') });
  }
  if (text.includes('+*'))
    refuse('a path without +*, which Vault forbids', { fix: 'write * alone at the end' });
  const path = text.replace(TEMPLATE, 'x');
  if (/\{\{|\}\}/.test(path)) {
    refuse('a path whose templates are properties of an identity, like {{identity.entity.name}}');
  }
  if (/\*./.test(path)) {
    refuse('a path with * at its end alone (elsewhere Vault takes it for a letter)', {
      fix: '+ stands for one segment',
    });
  }
  if (/(^|\/)\+[^/]/.test(path)) refuse('a path in which + stands for a whole segment');
  if (/\/\/|\s/.test(path) || text.length > 256) {
    refuse('a path of up to 256 characters without spaces and empty segments');
  }
  return text;
}

/** A name of a request's parameter in a rule; `*` stands for any. */
export const PARAMETER_NAME = pattern(
  'the name of a parameter, or *',
  '^(\\*|[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$',
  'value',
);

/** A value of a parameter; text may have a `*` at its ends, and be empty. */
export const PARAMETER_VALUE = pattern('text', '^.*$');

/** How long a wrap lives, in seconds. */
export const WRAPPING_TTL: Format<number> = {
  expected: 'a duration like 90s or 1h30m',
  pattern: '^([0-9]{1,9}|([0-9]{1,9}[smhd])+)$',
  parse: (text) => {
    const seconds = durationSeconds(text);
    if (seconds !== undefined && seconds > 0) return seconds;
    throw new ValueError(WRAPPING_TTL.expected, text);
  },
  example: '90s',
};

/** A capability and a path on which a policy must have it, or must not. */
export interface PolicyClaim {
  readonly capability: Exclude<Capability, 'deny'>;
  readonly path: string;
}

/** What rules may grant on every server. */
export const COMMON_CAPABILITIES = CAPABILITIES.filter((capability) => capability !== 'scan');

const CLAIMABLE = CAPABILITIES.filter((capability) => capability !== 'deny');
const OFFERED = CLAIMABLE.filter((capability) => capability !== 'scan');

/** What a policy may do, or may not: `read secret/aws/access_key`. */
export const CLAIM: Format<PolicyClaim> = {
  expected: `a capability (${OFFERED.join(', ')}) and a path without wildcards, like read secret/aws/access_key`,
  pattern: `^(${CLAIMABLE.join('|')}) (?!/)[^\\s*+]{1,256}$`,
  parse: parseClaim,
  example: 'read secret/aws/access_key',
};

/** @throws {@link ValueError} */
function parseClaim(text: string): PolicyClaim {
  const [word, path = ''] = text.split(' ');
  const capability = CLAIMABLE.find((known) => known === word);
  if (capability === undefined || !new RegExp(CLAIM.pattern, 'u').test(text))
    throw new ValueError(CLAIM.expected, text);
  return { capability, path };
}
