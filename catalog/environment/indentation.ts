import { listed } from '../../base/text/listed';
import { adoptedShape, CUSTOM_ENTRY, KNOWN_PROVIDERS, OTHER_SPELLINGS } from '../adopted/keys';
import type { ProblemList } from '../ground/problem-list';
import { CREATED_ENTRIES } from '../kinds/registry';
import type { Form, Keys, MapForm } from '../shape/shape';
import type { MapKey, MapNode, SourceNode } from '../source/node';
import { CREATING_PROVIDERS, ENVIRONMENT_KEYS, KIND_SECTIONS, ROOT_KEYS } from './keys';

/** Keys in an order, some of which are moved. */
type KeyMap = ReadonlyMap<string, MapKey>;

const SECTIONS: Keys = { ...ENVIRONMENT_KEYS, ...KIND_SECTIONS };

/**
 * The tree that was meant where lines stand too far to the left: entries beside their provider, keys beside their entry or
 * their section.
 *
 * Each block is reported once, and moved to where it belongs, so that what is read afterwards does not report it again key by
 * key.
 */
export function straighten(root: MapNode, problems: ProblemList): MapNode {
  const mover = new Mover(problems);
  return mover.insideEntries(mover.insideProviders(mover.atRoot(root)));
}

class Mover {
  constructor(private readonly problems: ProblemList) {}

  /** Moves entries, and keys of entries, from the root below their provider. */
  atRoot(root: MapNode): MapNode {
    let keys = this.intoChildren(root, SECTIONS, []).keys;
    const flat = [...keys.values()].filter((key) => !isSection(key.name) && isKeyOfEntry(key));
    const provider = providerOf(flat, keys);
    if (provider !== undefined) keys = this.intoEntry(keys, flat, provider);
    for (const key of [...keys.values()]) {
      if (isSection(key.name) || KNOWN_PROVIDERS.includes(key.name)) continue;
      const inner = key.value.kind === 'map' ? [...key.value.keys.values()].filter(isKeyOfEntry) : [];
      const owner = providerOf(inner, keys, key.name);
      if (owner === undefined) continue;
      const [first] = inner;
      const message = `looks like an entry of ${owner} (${first?.name}${inner.length > 1 ? ', …' : ''})`;
      const where = { path: [key.name], position: key.position };
      this.problems.error('misplaced', where, message, `indent it below ${owner}:`);
      this.noteEmpty(keys.get(owner));
      keys = moved(keys, [key], owner);
    }
    return { ...root, keys };
  }

  /** Moves keys of entries that stand among the entries of a provider into the entry above them. */
  insideProviders(root: MapNode): MapNode {
    const keys = [...root.keys].map(([name, key]): [string, MapKey] => {
      if (isSection(name) || key.value.kind !== 'map') return [name, key];
      const own = keysOf(name);
      const isFlat = (entry: MapKey): boolean =>
        entry.name === 'create' || (Object.hasOwn(own, entry.name) && entry.value.kind !== 'map');
      const flat = [...key.value.keys.values()].filter(isFlat);
      const [first] = flat;
      if (first === undefined) return [name, key];
      const names = [...key.value.keys.keys()];
      const above = names
        .slice(0, names.indexOf(first.name))
        .findLast((entry) => !flat.some((other) => other.name === entry));
      this.report(flat, [name], 'an entry', above ?? 'default', above === undefined);
      return [
        name,
        { ...key, value: { ...key.value, keys: moved(key.value.keys, flat, above ?? 'default') } },
      ];
    });
    return { ...root, keys: new Map(keys) };
  }

  /** Moves keys that belong into a map of an entry (`create`, `vpn`) and stand beside it. */
  insideEntries(root: MapNode): MapNode {
    const keys = [...root.keys].map(([name, key]): [string, MapKey] => {
      const { value } = key;
      const created = CREATED_ENTRIES.find(({ provider }) => provider === name);
      if (created === undefined || value.kind !== 'map') return [name, key];
      const entries = [...value.keys].map(([entry, its]): [string, MapKey] => {
        if (its.value.kind !== 'map' || !its.value.keys.has('create')) return [entry, its];
        const shape = created.shapes.at(-1)?.shape;
        return shape
          ? [entry, { ...its, value: this.intoChildren(its.value, shape.keys, [name, entry]) }]
          : [entry, its];
      });
      return [name, { ...key, value: { ...value, keys: new Map(entries) } }];
    });
    return { ...root, keys: new Map(keys) };
  }

  /** Moves keys that a map does not know, and a map in it does, into that one; down to the deepest. */
  private intoChildren(node: MapNode, known: Keys, path: readonly string[]): MapNode {
    let keys: KeyMap = node.keys;
    for (const [name, { shape }] of Object.entries(known)) {
      const child = keys.get(name);
      const form = mapForm(shape);
      if (child === undefined || form === undefined || !mayHold(child.value)) continue;
      const strays = [...keys.values()].filter(
        (key) => !isAtHome(key, known) && Object.hasOwn(form.keys, key.name) && !has(child.value, key.name),
      );
      if (strays.length > 0) {
        this.report(strays, path, name, name);
        keys = moved(keys, strays, name);
      }
      const { value } = keys.get(name) ?? child;
      if (value.kind !== 'map') continue;
      const inner = this.intoChildren(value, form.keys, [...path, name]);
      if (inner !== value) keys = new Map([...keys, [name, { ...child, value: inner }]]);
    }
    return keys === node.keys ? node : { ...node, keys };
  }

  private intoEntry(keys: KeyMap, flat: readonly MapKey[], provider: string): KeyMap {
    const section = keys.get(provider)?.value;
    const names = section?.kind === 'map' ? [...section.keys.keys()] : [];
    const entry = names.at(-1) ?? 'default';
    this.report(flat, [], `an entry of ${provider}`, entry, names.length === 0);
    const target = names.length > 0 ? section : undefined;
    const inside = target?.kind === 'map' ? target.keys : new Map<string, MapKey>();
    const [first] = flat;
    if (first === undefined) return keys;
    const value: MapNode = { kind: 'map', position: first.position, keys: moved(inside, flat, entry) };
    const rest = [...keys].filter(([name]) => !flat.some((key) => key.name === name));
    const old = keys.get(provider) ?? { name: provider, position: first.position, value };
    return new Map([...rest, [provider, { ...old, value }]]);
  }

  private report(
    strays: readonly MapKey[],
    path: readonly string[],
    owner: string,
    below: string,
    isNew = false,
  ): void {
    const [first] = strays;
    if (first === undefined) return;
    const names = strays.map(({ name }) => name);
    const isOne = names.length === 1;
    const shown = listed(names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names);
    const message = `${shown} ${isOne ? 'is a key' : 'are keys'} of ${owner}`;
    const them = isOne ? 'it' : 'them';
    const fix = isNew
      ? `name the entry: write ${below}: and indent ${them} below it`
      : `indent ${them} below ${below}:`;
    this.problems.error('misplaced', { path, position: first.position }, message, fix);
  }

  private noteEmpty(provider: MapKey | undefined): void {
    if (provider === undefined || !isNothing(provider.value)) return;
    const where = { path: [provider.name], position: provider.position };
    this.problems.note('empty-provider', where, 'has no entries');
  }
}

/** Whether a key belongs where it stands; a text in the place of a map does not: `controller: 10.0.2.15/24` is a key of site. */
function isAtHome({ name, value }: MapKey, known: Keys): boolean {
  const isText = value.kind === 'scalar' && value.value !== null;
  return Object.hasOwn(known, name) && !(isText && known[name]?.shape.kind === 'map');
}

function isSection(name: string): boolean {
  return ROOT_KEYS.has(name);
}

/** The keys that an entry of a provider may have, also one that is created. */
function keysOf(provider: string): Keys {
  const created = CREATED_ENTRIES.find((entries) => entries.provider === provider);
  const shapes = (created?.shapes ?? []).map(({ shape }) => shape);
  const own: Keys = Object.assign(
    {},
    (adoptedShape(provider) ?? CUSTOM_ENTRY).keys,
    ...shapes.map(({ keys }) => keys),
  );
  const others = Object.entries(OTHER_SPELLINGS).flatMap(([spelling, { key }]) => {
    const described = own[key];
    return described === undefined ? [] : [[spelling, described] as const];
  });
  return { ...own, ...Object.fromEntries(others) };
}

/** Keys of all entries, which do not say of which provider one is. */
const COMMON: Keys = keysOf('');

function isKeyOfEntry({ name, value }: MapKey): boolean {
  if (name === 'create') return value.kind === 'map' || isNothing(value);
  if (value.kind === 'map') return false;
  return (
    Object.hasOwn(COMMON, name) || KNOWN_PROVIDERS.some((provider) => Object.hasOwn(keysOf(provider), name))
  );
}

/**
 * The provider of an entry with some keys: the empty one above it, else the one that knows most of its keys.
 *
 * @param below the key of the root at which the entry stands. @default - the first of its own keys
 */
function providerOf(inner: readonly MapKey[], root: KeyMap, below?: string): string | undefined {
  const [first] = inner;
  if (first === undefined) return undefined;
  const names = [...root.keys()];
  const above = names.slice(0, names.indexOf(below ?? first.name)).filter((name) => !isSection(name));
  const empty = above.findLast((name) => isNothing(root.get(name)?.value));
  if (empty !== undefined && empty !== 'onpremises') return empty;
  const count = (provider: string): number => {
    const own = keysOf(provider);
    return inner.filter(({ name }) => Object.hasOwn(own, name) && !Object.hasOwn(COMMON, name)).length;
  };
  const ranked = KNOWN_PROVIDERS.map((provider) => ({ provider, known: count(provider) }));
  const best = Math.max(...ranked.map(({ known }) => known));
  const fitting =
    best > 0 ? ranked.filter(({ known }) => known === best).map(({ provider }) => provider) : [];
  const creating = inner.some(({ name }) => name === 'create') ? CREATING_PROVIDERS : [];
  const candidates = fitting.length > 0 ? fitting : creating;
  return above.findLast((name) => candidates.includes(name)) ?? candidates[0];
}

/** Keys without those that move, which the named one then holds. */
function moved(keys: KeyMap, strays: readonly MapKey[], below: string): KeyMap {
  const [first] = strays;
  const target = keys.get(below);
  if (first === undefined) return keys;
  const position = target?.value.position ?? first.position;
  const before = target?.value.kind === 'map' ? [...target.value.keys] : [];
  const value: MapNode = {
    kind: 'map',
    position,
    keys: new Map([...before, ...strays.map((key) => [key.name, key] as const)]),
  };
  const placed: MapKey = { name: below, position: target?.position ?? first.position, value };
  const rest = [...keys].filter(([name]) => !strays.some((key) => key.name === name));
  return new Map([...rest, [below, placed]]);
}

function mapForm(shape: Form): MapForm | undefined {
  if (shape.kind === 'map') return shape;
  return shape.kind === 'either' && shape.map?.kind === 'map' ? shape.map : undefined;
}

function mayHold(value: SourceNode): boolean {
  return value.kind === 'map' || isNothing(value);
}

function has(value: SourceNode, name: string): boolean {
  return value.kind === 'map' && value.keys.has(name);
}

function isNothing(value: SourceNode | undefined): boolean {
  return value?.kind === 'scalar' && value.value === null;
}
