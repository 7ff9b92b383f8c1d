import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addressAtLine } from '../../../rules/json-position';
import { addressInPlanAtLine } from '../../../rules/plan-position';

export type Json = Readonly<Record<string, unknown>>;

/** What a result of another tool is about. */
export interface Subject {
  /** Names by which its files may say the stack: folders, and the file's name up to its first dot. */
  readonly names: readonly string[];
  readonly address?: string;
}

/** `aws_vpc.Network_Vpc`, `azurerm_subnet.Nodes["a"]` in whatever text names it. */
const ADDRESS = /\b((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*(?:\["[^"\]]{1,200}"\]|\[\d+\])?)/;

/**
 * What a result is about: by its logical location, by its message, by its line in a configuration or in a plan that is on this disk, by the
 * part of the file that it cites, or by the help of its rule.
 */
export function subjectOf(
  result: Json,
  location: Json,
  from: { readonly file: string; readonly help?: string },
): Subject {
  const logical = list(location.logicalLocations).flatMap((one) =>
    isMap(one) ? [one.fullyQualifiedName, one.name] : [],
  );
  const { uri, line, snippet } = physicalOf(location);
  const cited = citedIn(snippet ?? '');
  const address =
    addressIn([...logical, textOf(result.message)]) ??
    addressOnDisk(uri, line, from.file) ??
    cited.address ??
    addressIn([from.help]);
  return {
    names: [...(cited.stack === undefined ? [] : [cited.stack]), ...namesIn(uri ?? '')],
    ...(address === undefined ? {} : { address }),
  };
}

function addressIn(texts: readonly unknown[]): string | undefined {
  return texts
    .map((text) => (typeof text === 'string' ? ADDRESS.exec(text)?.[1] : undefined))
    .find((one) => one !== undefined);
}

function namesIn(uri: string): readonly string[] {
  const steps = uri.split('/').filter((step) => step !== '');
  // The nearest folder first: that of a stack lies below that of its environment.
  return [steps.at(-1)?.split('.')[0] ?? '', ...steps.slice(0, -1).reverse()];
}

/** The configuration that cdktf writes has the stack of each block in its metadata. A plan has the address above the values. */
function citedIn(snippet: string): { readonly stack?: string; readonly address?: string } {
  const stack = /"path":\s*"([\w-]+)\//.exec(snippet)?.[1];
  const named = /"address":\s*("(?:[^"\\]|\\.)*")/.exec(snippet)?.[1];
  const address = named === undefined ? undefined : ADDRESS.exec(named.replaceAll('\\"', '"'))?.[1];
  return { ...(stack === undefined ? {} : { stack }), ...(address === undefined ? {} : { address }) };
}

function addressOnDisk(uri: string | undefined, line: number | undefined, file: string): string | undefined {
  if (uri === undefined || line === undefined || !uri.endsWith('.json')) return undefined;
  const candidates = [path.resolve(uri), path.resolve(path.dirname(file), uri)];
  // Only files inside of the project are read, whatever the file names.
  const inside = candidates.find((one) => one.startsWith(`${process.cwd()}${path.sep}`) && existsSync(one));
  if (inside === undefined) return undefined;
  const text = readFileSync(inside, 'utf8');
  return uri.endsWith('.tf.json') ? addressAtLine(text, line) : addressInPlanAtLine(text, line);
}

/** The place of a result in a file. */
export function physicalOf(location: Json): {
  readonly uri?: string;
  readonly line?: number;
  readonly snippet?: string;
} {
  const physical = isMap(location.physicalLocation) ? location.physicalLocation : {};
  const artifact = isMap(physical.artifactLocation) ? physical.artifactLocation : {};
  const region = isMap(physical.region) ? physical.region : {};
  const uri = typeof artifact.uri === 'string' ? decoded(artifact.uri.replace(/^file:\/\//, '')) : undefined;
  const line = region.startLine;
  const snippet = textOf(region.snippet);
  return {
    ...(uri === undefined ? {} : { uri }),
    ...(typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? { line } : {}),
    ...(snippet === '' ? {} : { snippet }),
  };
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

export function textOf(message: unknown): string {
  return isMap(message) && typeof message.text === 'string' ? message.text : '';
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
