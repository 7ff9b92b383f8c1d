import { isIPv4, isIPv6 } from 'node:net';
import { format, parseNetwork } from './cidr';
import { NO_JSON } from './json-text';
import type { Demand } from './value-rules';

/** The invalid value in the recordings' questions; in a recorded message it stands for the refused value. */
export const ASKED = '!bad value!';

export function isCidr(value: string): boolean {
  const [address = '', prefix = '', ...rest] = value.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  return (isIPv4(address) && Number(prefix) <= 32) || (isIPv6(address) && Number(prefix) <= 128);
}

/** An IPv4 CIDR without its host bits; any other text unchanged. */
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
 * The demands behind recorded messages. A recording holds the message about one invalid value only; from the kind of message
 * follows which other values are refused. A message of no kind listed here refuses the recorded value only.
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
 * The provider's message about a CIDR with host bits, which it checks after the rest. It is not in the recordings, because no
 * question had such a value.
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

/** A recorded message, about another value. For a text that is not JSON, Go names the character that it could not read. */
function messageAbout(recorded: string, value: string): string {
  if (!NO_JSON.test(recorded)) return recorded.replaceAll(ASKED, value);
  const first = value.trimStart().charAt(0);
  return first === '' ? 'unexpected end of JSON input' : recorded.replace("'!'", `'${first}'`);
}

/**
 * The provider's message about a value that does not satisfy what the recorded message demands; undefined if it does.
 *
 * @param own the demands that only this provider makes
 */
export function refusedBecause(recorded: string, value: string, own: readonly Demand[]): string | undefined {
  for (const [message, holds] of [...own, ...DEMANDS]) {
    const match = recorded.match(message);
    if (match !== null)
      return holds(value, match) ? hostBits(recorded, value) : messageAbout(recorded, value);
  }
  return value === ASKED ? recorded : undefined;
}
