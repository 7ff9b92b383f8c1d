import { counted } from '../../base/text/counted';
import { CAPABILITIES, type Capability, type Policy, type PolicyRule } from './policy';
import { ruleProblemOn } from './policy-rules';
import { PolicyTextError } from './policy-scanner';
import { type PolicyItem, PolicyObject, type PolicyValue, parsePolicySyntax } from './policy-syntax';
import { LIMIT_KEYS, limitLines, membersOf, readLimits } from './request-limits-text';

/** Vault's old words for sets of capabilities: `policy = "read"`. */
const SHORTHANDS: Readonly<Record<string, readonly Capability[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

/** What the server knows beside; dropped, a rule would allow more than it says, so they are refused. */
const NOT_TAKEN: readonly string[] = [
  'mfa_methods',
  'pagination_limit',
  'expiration',
  'list_scan_response_keys_filter_path',
  'control_group',
];

/**
 * A policy as HCL, a block per rule, in their order; what is parsed again is the same policy.
 *
 * A path is one string whatever is in it: quotes, line ends and `${` (from which on HCL 1 would not see the closing
 * quote) are escaped, and so is what Terraform and cdktf would take for an expression of theirs (`%{`, `#{`, `&{`).
 */
export function formatPolicy(policy: Policy): string {
  return policy.map(formatRule).join('\n');
}

function formatRule(rule: PolicyRule): string {
  const { path, capabilities } = rule;
  const lines = [`capabilities = [${capabilities.map(quoted).join(', ')}]`, ...limitLines(rule, quoted)];
  return `path ${quoted(path)} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%#&](?=\{)/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`);
}

/**
 * A policy's rules from its text, HCL or JSON, as a server reads it. Rules of one path stay apart.
 *
 * @param known the capabilities that the server knows. @default - those of all servers
 * @throws {@link ValueError} whose message is the server's: `failed to parse policy: path "a": invalid capability "fly"`
 */
export function parsePolicy(text: string, known: readonly string[] = CAPABILITIES): Policy {
  const isJson = /^\s*\{/.test(text);
  if (isJson) checkJson(text);
  const { items } = parsePolicySyntax(text);
  checkKeys(items, ['name', 'path'], '');
  const blocks = items.filter(({ keys }) => keys[0] === 'path');
  return (isJson ? blocks.flatMap(labelled) : blocks).map((item) => rule(item, known));
}

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new PolicyTextError(error instanceof Error ? error.message : String(error));
  }
}

/** In JSON a block's label is one more level of braces, perhaps in a list: `{"path": [{"a": {…}}]}`. */
function labelled(item: PolicyItem): readonly PolicyItem[] {
  const objects = (Array.isArray(item.value) ? item.value : [item.value]) as readonly PolicyValue[];
  return objects.flatMap((object) =>
    object instanceof PolicyObject
      ? object.items.map((inner) => ({ ...inner, keys: [...item.keys, ...inner.keys] }))
      : [item],
  );
}

function rule({ keys, value }: PolicyItem, known: readonly string[]): PolicyRule {
  const path = keys[1] ?? 'path';
  const where = `path ${JSON.stringify(path)}:`;
  if (!(value instanceof PolicyObject))
    throw new PolicyTextError(`${where} cannot check HCL keys of type *ast.LiteralType`);
  checkKeys(value.items, ['comment', 'policy', 'capabilities', ...LIMIT_KEYS, ...NOT_TAKEN], `${where} `);
  const limited = value.items.find((item) => NOT_TAKEN.includes(item.keys[0] ?? ''));
  if (limited) throw new PolicyTextError(`${where} ${limited.keys[0]} is not supported here`);
  const listed = only(value, 'capabilities');
  const words = listed ? membersOf(where, listed).map(String) : [];
  const shorthand = only(value, 'policy')?.value ?? '';
  const capabilities = shorthand === '' ? words : withShorthand(where, words, shorthand);
  // A rule that denies has no limits: its times are not even read.
  const isDenied = capabilities.includes('deny');
  const limits = readLimits(where, (key) =>
    isDenied && key.endsWith('_ttl') ? undefined : only(value, key),
  );
  const problem = ruleProblemOn(known, { path, capabilities, ...(isDenied ? {} : limits) });
  if (problem !== undefined) throw new PolicyTextError(problem);
  if (isDenied) return { path, capabilities: ['deny'] };
  return { path, capabilities: capabilities as readonly Capability[], ...limits };
}

function withShorthand(where: string, words: readonly string[], shorthand: PolicyValue): readonly string[] {
  const meant =
    typeof shorthand === 'string' && Object.hasOwn(SHORTHANDS, shorthand) ? SHORTHANDS[shorthand] : undefined;
  if (!meant) throw new PolicyTextError(`${where} invalid policy ${JSON.stringify(String(shorthand))}`);
  return meant.includes('deny') ? meant : [...words, ...meant];
}

/** In the form of the server's list of errors. */
function checkKeys(items: readonly PolicyItem[], valid: readonly string[], where: string): void {
  const wrong = items.filter(({ keys }) => !valid.includes(keys[0] ?? ''));
  if (wrong.length === 0) return;
  const lines = wrong.map(
    ({ keys, line }) => `\t* ${where}invalid key ${JSON.stringify(keys[0])} on line ${line}\n`,
  );
  throw new PolicyTextError(`${counted(wrong.length, 'error')} occurred:\n${lines.join('')}\n`);
}

/** The item of a key. One that comes twice is refused as Vault does; OpenBao 2.6.2 takes both. */
function only({ items }: PolicyObject, key: string): PolicyItem | undefined {
  const [first, second] = items.filter(({ keys }) => keys[0] === key);
  if (second) {
    const argument = `The argument ${JSON.stringify(key)} at ${second.line}:${second.column}`;
    throw new PolicyTextError(`${argument} was already set. Each argument can only be defined once`);
  }
  return first;
}
