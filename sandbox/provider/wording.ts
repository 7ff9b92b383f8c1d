import { isIPv4, isIPv6 } from 'node:net';
import { format, parseNetwork } from './cidr';
import { NO_JSON } from './json-text';
import type { Demand } from './value-rules';

/** The value that the recording asked about; in the recorded words it stands for the refused value. */
export const ASKED = '!bad value!';

export function isCidr(value: string): boolean {
  const [address = '', prefix = '', ...rest] = value.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  return (isIPv4(address) && Number(prefix) <= 32) || (isIPv6(address) && Number(prefix) <= 128);
}

/** The network of an IPv4 CIDR with its host bits cleared; another value stays as it is. */
function canonical(value: string): string {
  const network = parseNetwork(value);
  return network === undefined ? value : format(network);
}

export function isIpv4Network(value: string): boolean {
  return parseNetwork(value) !== undefined && canonical(value) === value;
}

export function isJsonObject(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

function isInteger64(value: string): boolean {
  return /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
}

function matchesAll(value: string, characters: string): boolean {
  return new RegExp(`^${characters.replace(/-\]$/, '\\-]')}+$`).test(value);
}

/**
 * What the recorded words demand of a value in general. The recording holds the answer to one bad value only;
 * each line here reads one kind of words. Words that no line reads refuse just the recorded value.
 */
const DEMANDS: readonly Demand[] = [
  [/valid IPv4 CIDR that represents a network address/, isIpv4Network],
  [/valid IPv6 CIDR that represents a network address/, (value) => isCidr(value) && value.includes(':')],
  [/invalid CIDR address/, isCidr],
  [/64-bit integer/, isInteger64],
  [/valid IPv4 address/, isIPv4],
  [NO_JSON, isJsonObject],
  [/must match (\[[^ ]+\])/, (value, match) => matchesAll(value, match[1] ?? '.')],
];

/**
 * A second demand of the provider, on values that satisfy the first: no host bits. The words are its own, but were
 * not recorded, because the recording asked about no such value.
 */
function hostBits(recorded: string, value: string): string | undefined {
  if (canonical(value) === value) return undefined;
  if (/is not a valid CIDR block: /.test(recorded))
    return `"${value}" is not a valid CIDR block; did you mean "${canonical(value)}"?`;
  const name = recorded.match(/^expected (\S+) to contain a valid Value/)?.[1];
  return (
    name && `expected ${name} to contain a valid network Value, expected ${canonical(value)}, got ${value}`
  );
}

/** The recorded words about another value. Of text that is no JSON, Go names the character that it stumbled over. */
function inWords(recorded: string, value: string): string {
  if (!NO_JSON.test(recorded)) return recorded.replaceAll(ASKED, value);
  const first = value.trimStart().charAt(0);
  return first === '' ? 'unexpected end of JSON input' : recorded.replace("'!'", `'${first}'`);
}

/**
 * The provider's words where a value does not satisfy what the recorded words demand, else undefined.
 *
 * @param own the demands that only this provider makes
 */
export function refusedBecause(recorded: string, value: string, own: readonly Demand[]): string | undefined {
  for (const [words, holds] of [...own, ...DEMANDS]) {
    const match = recorded.match(words);
    if (match !== null) return holds(value, match) ? hostBits(recorded, value) : inWords(recorded, value);
  }
  return value === ASKED ? recorded : undefined;
}
