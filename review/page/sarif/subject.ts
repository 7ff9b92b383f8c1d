import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addressesInConfiguration } from '../../../rules/json-position';
import { addressesInPlan } from '../../../rules/plan-position';
import { isMap, type Json, list, textOf } from './parts';

/** What a result of another tool is about. */
export interface Subject {
  /** Names by which its files may say the stack: folders, and the file's name up to its first dot. */
  readonly names: readonly string[];
  readonly address?: string;
}

/** `aws_vpc.Network_Vpc`, `azurerm_subnet.Nodes["a"]` in whatever text names it. */
const ADDRESS = /\b((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*(?:\["[^"\]]{1,200}"\]|\[\d+\])?)/;

/** How checkov writes the resource of a rule's first result; other helps have examples of their own. */
const HELPED = /^Resource: (.+)$/m;

/** The files that were read, with what tells the resource at a line: a tool cites one file thousands of times. */
export type Lookups = Map<string, (line: number) => string | undefined>;

/** Where the files of a run are, and what is known beside its results. */
export interface SubjectAround {
  /** The SARIF file, from whose folder paths may count. */
  readonly file: string;
  /** What the run says that its paths count from, by its names. */
  readonly bases: ReadonlyMap<string, string>;
  readonly read: Lookups;
  readonly message: string;
  /** The help of its rule. @default - it is not of this result */
  readonly help?: string;
}

/**
 * What a result is about: by its logical location, by its message, by its line in a configuration or in a plan that is on this disk, by the
 * part of the file that it cites, or by the help of its rule.
 */
export function subjectOf(location: Json, from: SubjectAround): Subject {
  const logical = list(location.logicalLocations).flatMap((one) =>
    isMap(one) ? [one.fullyQualifiedName, one.name] : [],
  );
  const { uri, line, snippet, base } = physicalOf(location, from.bases);
  const cited = citedIn(snippet ?? '');
  const address =
    addressIn([...logical, from.message]) ??
    addressOnDisk(
      uri,
      line,
      [...(base === undefined ? [] : [base]), '.', path.dirname(from.file)],
      from.read,
    ) ??
    cited.address ??
    addressIn([HELPED.exec(from.help ?? '')?.[1]]);
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

function addressOnDisk(
  uri: string | undefined,
  line: number | undefined,
  folders: readonly string[],
  read: Lookups,
): string | undefined {
  if (uri === undefined || line === undefined || !uri.endsWith('.json')) return undefined;
  const candidates = folders.map((folder) => path.resolve(folder, uri));
  // Only files inside of the project are read, whatever the file names.
  const inside = candidates.find((one) => one.startsWith(`${process.cwd()}${path.sep}`) && existsSync(one));
  if (inside === undefined) return undefined;
  const known = read.get(inside);
  if (known !== undefined) return known(line);
  const text = readFileSync(inside, 'utf8');
  const lookup = uri.endsWith('.tf.json') ? addressesInConfiguration(text) : addressesInPlan(text);
  read.set(inside, lookup);
  return lookup(line);
}

/** The place of a result in a file. */
export interface Place {
  /** As a path with slashes. */
  readonly uri?: string;
  readonly line?: number;
  readonly snippet?: string;
  /** The folder from which the path counts. @default - the tool does not say it */
  readonly base?: string;
}

export function physicalOf(location: Json, bases: ReadonlyMap<string, string>): Place {
  const physical = isMap(location.physicalLocation) ? location.physicalLocation : {};
  const artifact = isMap(physical.artifactLocation) ? physical.artifactLocation : {};
  const region = isMap(physical.region) ? physical.region : {};
  const uri = typeof artifact.uri === 'string' ? pathOf(artifact.uri) : undefined;
  const base = typeof artifact.uriBaseId === 'string' ? bases.get(artifact.uriBaseId) : undefined;
  const line = region.startLine;
  const snippet = textOf(region.snippet);
  return {
    ...(uri === undefined ? {} : { uri }),
    ...(typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? { line } : {}),
    ...(snippet === '' ? {} : { snippet }),
    ...(base === undefined ? {} : { base }),
  };
}

/** The folders that a run names its paths from (`originalUriBaseIds`), of which a relative one says nothing. */
export function basesOf(run: Json): ReadonlyMap<string, string> {
  const named = isMap(run.originalUriBaseIds) ? Object.entries(run.originalUriBaseIds) : [];
  return new Map(
    named.flatMap(([name, one]) => {
      const folder = isMap(one) && typeof one.uri === 'string' ? pathOf(one.uri) : '';
      return path.isAbsolute(folder) ? [[name, folder] as const] : [];
    }),
  );
}

/** `file:///C:/a/b`, `file:/a/b`, `C:\\a\\b` and `a%20b` as paths with slashes. */
function pathOf(uri: string): string {
  const local = uri.replace(/^file:(?:\/\/(?:localhost)?(?=\/)|\/\/)?/i, '');
  return decoded(local)
    .replaceAll('\\', '/')
    .replace(/^\/(?=[a-z]:\/)/i, '')
    .replace(/^(?:\.\/)+/, '');
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
