import { isList, type Value } from '../../protocol/values';
import { meaning } from '../../provider/set-blocks';
import type { Demand, ValueRules } from '../../provider/value-rules';

/** The pattern in a message of the provider's, such as `doesn't match the pattern '^0[0-7]{3}$'`. */
function matchesPattern(value: string, match: RegExpMatchArray): boolean {
  return new RegExp(match[1] ?? '').test(value);
}

function isBase64(value: string): boolean {
  // Go's decoder leaves line ends out, and wants the padding.
  const text = value.replace(/[\r\n]/g, '');
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** A duration of Go's, such as `1m30s`. One without a unit is `0` alone. */
function isDuration(value: string): boolean {
  return /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(value);
}

const DEMANDS: readonly Demand[] = [
  [/doesn't match the pattern '(.*)': /, matchesPattern],
  [/cannot be lower than (-?\d+): /, (value, match) => Number(value) >= Number(match[1])],
  [/is not a valid duration: /, isDuration],
  [/duration must not be negative: /, (value) => !value.startsWith('-')],
  [/is not base64 decodeable: /, isBase64],
  [/must be an absolute path: /, (value) => /^([a-zA-Z]:[\\/]|\/)/.test(value)],
];

/** Whether two lists of ports have the same ones: the provider does not mind their order, which the engine changes. */
function hasSamePorts(planned: readonly Value[], before: Value): before is readonly Value[] {
  const sorted = (ports: readonly Value[]) => ports.map(meaning).sort().join();
  return isList(before) && sorted(before) === sorted(planned);
}

/** How kreuzwerker/docker treats values. */
export const DOCKER_VALUES: ValueRules = {
  demands: DEMANDS,
  plannedBlocks: ({ name }, path, planned, before) =>
    name === 'docker_container' && path === 'ports' && hasSamePorts(planned, before) ? before : planned,
};
