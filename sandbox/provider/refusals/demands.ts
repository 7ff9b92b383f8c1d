import { isIPv4 } from 'node:net';
import type { Demand } from '../value-rules';
import { duplicateKey } from './duplicate-key';
import { goJsonError } from './go-json-error';
import { GO_PARSE_DEMANDS } from './go-parse-errors';
import { parseIpNetwork } from './ip-network';

function isCanonical(value: string): boolean {
  return parseIpNetwork(value)?.canonical === value;
}

function isNetworkOf(version: 4 | 6): Demand[1] {
  return (value) => {
    const network = parseIpNetwork(value);
    return network === undefined || network.version === version;
  };
}

/** Whether a text is a network of one version without host bits. */
function isPlainNetworkOf(version: 4 | 6): Demand[1] {
  return (value) => {
    const network = parseIpNetwork(value);
    return network?.version === version && !network.hasHostBits;
  };
}

/** Whether the host bits of a network of one version are zero. Any other text is refused with another message. */
function hasNoHostBits(version: 4 | 6): Demand[1] {
  return (value) => {
    const network = parseIpNetwork(value);
    return network === undefined || network.version !== version || !network.hasHostBits;
  };
}

/** A regular expression that a message shows in Go's quotes. */
function expression(shown: string | undefined): RegExp {
  return new RegExp(JSON.parse(shown ?? '"."') as string);
}

/** What a text holds as JSON; undefined if it is none. */
function parsedJson(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function isWithin(value: number, match: RegExpMatchArray): boolean {
  return value >= Number(match[1]) && value <= Number(match[2]);
}

/** Whether a list such as `["a" "b"]` or `[0 30]` has the value. */
function isListed(value: string, list: string | undefined): boolean {
  const texts = list?.match(/"(?:[^"\\]|\\.)*"/g)?.map((text) => JSON.parse(text) as string);
  return (texts ?? list?.split(' ') ?? []).includes(value);
}

function isInteger64(value: string): boolean {
  return (
    /^[+-]?\d{1,19}$/.test(value) &&
    BigInt.asIntN(64, BigInt(value.replace('+', ''))) === BigInt(value.replace('+', ''))
  );
}

function isGoDuration(value: string): boolean {
  return /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(value);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The demands behind the messages of the legacy SDK and of the newer framework. */
export const DEMANDS: readonly Demand[] = [
  ...GO_PARSE_DEMANDS,
  [/^Invalid or unknown key$/, () => false],
  [/^\{json\}$|^invalid character/, (value) => goJsonError(value) === undefined],
  [/valid duration string/, isGoDuration],
  [/for "\{name\}" cannot be empty/, (value) => value !== ''],
  [/contains leading\/trailing "\/"/, (value) => !/^\/|\/$/.test(value)],
  [
    /expected length of \S+ to be in the range \((\d+) - (\d+)\)/,
    (value, match) => isWithin(Buffer.byteLength(value), match),
  ],
  [/cannot be longer than (\d+) characters/, (value, match) => Buffer.byteLength(value) <= Number(match[1])],
  [
    /cannot be shorter than (\d+) characters?/,
    (value, match) => Buffer.byteLength(value) >= Number(match[1]),
  ],
  [/to be one of \[(.*)\], got/, (value, match) => isListed(value, match[1])],
  [/to not be any of \[(.*)\], got/, (value, match) => !isListed(value, match[1])],
  [/to be in the range \((-?\d+) - (-?\d+)\)/, (value, match) => isWithin(Number(value), match)],
  [/value must be between (-?\d+) and (-?\d+)/, (value, match) => isWithin(Number(value), match)],
  [/to be at least \((-?\d+)\)/, (value, match) => !(Number(value) < Number(match[1]))],
  [/to be at most \((-?\d+)\)/, (value, match) => Number(value) <= Number(match[1])],
  [/to be greater than \((-?[\d.]+)\)/, (value, match) => Number(value) > Number(match[1])],
  [/to be divisible by (\d+)/, (value, match) => Number(value) % Number(match[1]) === 0],
  [/cannot be less than (\d+) characters/, (value, match) => Buffer.byteLength(value) >= Number(match[1])],
  [/cannot be greater than (\d+) characters/, (value, match) => Buffer.byteLength(value) <= Number(match[1])],
  [/must be base64-encoded/, (value) => BASE64.test(value.replace(/[\r\n]/g, ''))],
  [/must not be zero/, (value) => Number(value) !== 0],
  [/must not be empty|to not be an empty string/, (value) => value !== ''],
  [
    /doesn't comply with restrictions \(("(?:[^"\\]|\\.)*")\)/,
    (value, match) => expression(match[1]).test(value),
  ],
  [/to match regular expression ("(?:[^"\\]|\\.)*")/, (value, match) => expression(match[1]).test(value)],
  [
    /contain a valid Value, got: .* with err: invalid CIDR address/,
    (value) => parseIpNetwork(value) !== undefined,
  ],
  [
    /contain a valid network Value, expected/,
    (value) => parseIpNetwork(value) === undefined || isCanonical(value),
  ],
  [
    /contain a network Value with between (\d+) and (\d+) significant bits/,
    (value, match) => parseIpNetwork(value) === undefined || isWithin(Number(value.split('/')[1]), match),
  ],
  [/is not a valid CIDR block: invalid CIDR address/, (value) => parseIpNetwork(value) !== undefined],
  [/is not a valid CIDR block; did you mean/, (value) => !parseIpNetwork(value)?.hasHostBits],
  [/is not a valid IPv4 CIDR block; did you mean/, hasNoHostBits(4)],
  [/is not a valid IPv6 CIDR block; did you mean/, hasNoHostBits(6)],
  [/is not a valid IPv4 CIDR block$/, isNetworkOf(4)],
  [/is not a valid IPv6 CIDR block$/, isNetworkOf(6)],
  [/valid IPv4 CIDR that represents a network address/, isPlainNetworkOf(4)],
  [/valid IPv6 CIDR that represents a network address/, isPlainNetworkOf(6)],
  [/contain a valid IPv4 address/, isIPv4],
  [/must be a 64-bit integer/, isInteger64],
  [
    /must be in the range (\d+) to (\d+)/,
    (value, match) => !isInteger64(value) || isWithin(Number(value), match),
  ],
  [
    /contains duplicate JSON keys/,
    (value) => parsedJson(value) === undefined || duplicateKey(value) === undefined,
  ],
  [/contains an invalid JSON: \{json\}/, (value) => value === '' || parsedJson(value) !== undefined],
  [/is an empty string, which is not a valid JSON value/, (value) => value !== ''],
  [/contains an invalid JSON \S+ not a JSON object/, (value) => /^\s*[{["]/.test(value) || value === ''],
  [/contains a JSON array, not a JSON object/, (value) => !/^\s*\[/.test(value)],
  [/contains a JSON-encoded string, not a JSON-encoded object/, (value) => !/^\s*"/.test(value)],
  [
    /contains an invalid JSON \S+ \{json\}/,
    (value) => !/^\s*\{/.test(value) || goJsonError(value) === undefined,
  ],
];
