import type { Position } from '../catalog/ground/problem';
import { readConfiguration } from './configuration';

/** Where a resource stands in a configuration in JSON, by its address; undefined where it does not. */
export function positionInJson(file: string, text: string, address: string): Position | undefined {
  const steps = stepsOf(address);
  if (steps.length === 0) return undefined;
  let from = 0;
  for (const step of steps) {
    const at = text.indexOf(`${JSON.stringify(step)}:`, from);
    if (at < 0) return undefined;
    from = at;
  }
  const before = text.slice(0, from).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return {
    file,
    line: before.length,
    column,
    endColumn: column + JSON.stringify(steps.at(-1)).length,
  };
}

/** The keys from the root of the file: `resource`, `aws_vpc`, `Network_Vpc`. */
function stepsOf(address: string): readonly string[] {
  const [first = '', second = '', third = ''] = address.replace(/\[.*$/s, '').split('.');
  if (first === '' || second === '') return [];
  if (first === 'provider' || first === 'output') return [first, second];
  return first === 'data' ? ['data', second, third] : ['resource', first, second];
}

/** The resource whose block a line of a configuration in JSON is in; undefined where it is in none. The text is read once for all lines. */
export function addressesInConfiguration(text: string): (line: number) => string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return () => undefined;
  }
  const starts = readConfiguration('', json)
    .map(({ address }) => ({
      address,
      line: positionInJson('', text, address)?.line ?? Number.POSITIVE_INFINITY,
    }))
    .sort((a, b) => b.line - a.line);
  return (line) => starts.find((one) => one.line <= line)?.address;
}
