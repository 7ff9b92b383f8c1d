import type { Position } from '../catalog/ground/problem';
import { readConfiguration } from './configuration';

/** Where resources and their arguments stand in the text of a configuration in JSON. */
export class JsonPositions {
  private readonly keys: ReadonlyMap<string, number>;
  private readonly lineStarts: readonly number[];

  /** @param text - valid JSON */
  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.keys = keysOf(text);
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** The key of an argument, or the nearest one above it; undefined for a resource that is not in the file. */
  of(address: string, attribute?: string): Position | undefined {
    const steps = stepsOf(address);
    const block = this.keys.get(pathOf(steps));
    if (steps.length === 0 || block === undefined) return undefined;
    let [path, at, name] = [pathOf(steps), block, steps.at(-1) ?? ''];
    for (const step of attribute?.split('.') ?? []) {
      const inner = pathOf([path, step]);
      const found = this.keys.get(inner);
      // A block stands alone, or in a list; in a list only the arguments of its blocks have keys.
      if (found === undefined && /^\d+$/.test(step)) {
        if (this.hasBelow(inner)) path = inner;
      } else if (found === undefined) break;
      else [path, at, name] = [inner, found, step];
    }
    return this.position(at, JSON.stringify(name).length);
  }

  private hasBelow(path: string): boolean {
    return [...this.keys.keys()].some((one) => one.startsWith(`${path}${BETWEEN}`));
  }

  private position(at: number, length: number): Position {
    let [low, high] = [0, this.lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const column = at - (this.lineStarts[low] ?? 0) + 1;
    return { file: this.file, line: low + 1, column, endColumn: column + length };
  }
}

/** Between the steps of a path; no key of a configuration has it. */
const BETWEEN = '\u0000';
const pathOf = (steps: readonly string[]) => steps.join(BETWEEN);

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/**
 * Where each key of a JSON text stands, by its path. Terraform takes a section, and the blocks of a type, also in a list; there the
 * number of an element is no step, so that a resource has one path.
 */
function keysOf(text: string): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  const open: { readonly path: readonly string[]; index?: number; key?: string }[] = [];
  let last: { readonly token: string; readonly index: number } | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const top = open.at(-1);
    if (token === '{' || token === '[') {
      const step =
        top?.index === undefined ? top?.key : top.path.length < BLOCK_STEPS ? undefined : `${top.index}`;
      const path = [...(top?.path ?? []), ...(step === undefined ? [] : [step])];
      open.push(token === '[' ? { path, index: 0 } : { path });
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && top?.index !== undefined) top.index += 1;
    else if (token === ':' && last !== undefined && top !== undefined) {
      top.key = String(JSON.parse(last.token));
      const path = pathOf([...top.path, top.key]);
      if (!keys.has(path)) keys.set(path, last.index);
    }
    last = { token, index };
  }
  return keys;
}

/** `resource`, `aws_vpc`, `Network_Vpc`: below them stand arguments. */
const BLOCK_STEPS = 3;

/** The keys from the root of the file: `resource`, `aws_vpc`, `Network_Vpc`. */
function stepsOf(address: string): readonly string[] {
  const [first = '', second = '', third = ''] = address.replace(/\[.*$/s, '').split('.');
  if (first === '' || second === '') return [];
  if (first === 'local') return ['locals', second];
  if (['provider', 'output', 'variable'].includes(first)) return [first, second];
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
  const positions = new JsonPositions('', text);
  const starts = readConfiguration('', json)
    .map(({ address }) => ({ address, line: positions.of(address)?.line ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => b.line - a.line);
  return (line) => starts.find((one) => one.line <= line)?.address;
}
