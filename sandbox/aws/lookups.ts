import { isList, type Value } from '../protocol/values';
import { type Attributes, objects, text, texts } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';
import { LookupError } from './lookup-error';
import { KINDS, type Kind } from './lookup-kinds';
import { rulesOf } from './rules-by-type';

function viewOf(cloud: Cloud, kind: Kind, object: CloudObject): Attributes {
  const derived = rulesOf(object.type)?.derive?.(cloud, object) ?? {};
  return {
    ...object.attributes,
    ...derived,
    ...kind.view?.(cloud, object),
    tags: object.attributes.tags_all ?? {},
  };
}

function hasValue(actual: Value | undefined, wanted: readonly string[]): boolean {
  const values = isList(actual) ? actual : [actual ?? ''];
  const patterns = wanted.map(
    (value) =>
      new RegExp(
        `^${value
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      ),
  );
  return values.some((value) => patterns.some((pattern) => pattern.test(String(value))));
}

function matchesFilter(kind: Kind, view: Attributes, filter: Attributes): boolean {
  const [name, wanted] = [text(filter, 'name'), texts(filter, 'values')];
  const tags = (view.tags ?? {}) as Attributes;
  if (name.startsWith('tag:'))
    return hasValue(tags[name.slice(4)] ?? undefined, wanted) && name.slice(4) in tags;
  if (name === 'tag-key') return Object.keys(tags).some((key) => hasValue(key, wanted));
  const attribute = kind.filters?.[name] ?? name.replaceAll('-', '_');
  if (!(attribute in view))
    throw new LookupError(
      `reading ${kind.noun}s: api error InvalidParameterValue: The filter '${name}' is invalid`,
    );
  return hasValue(view[attribute], wanted);
}

function matchesAttributes(
  kind: Kind,
  view: Attributes,
  config: Attributes,
  compared: readonly string[],
): boolean {
  return compared.every((name) => {
    const wanted = config[name] ?? null;
    return wanted === null || wanted === '' || hasValue(view[kind.filters?.[name] ?? name], [String(wanted)]);
  });
}

function matchesTags(view: Attributes, config: Attributes): boolean {
  const tags = (view.tags ?? {}) as Attributes;
  return Object.entries((config.tags ?? {}) as Attributes).every(([key, value]) => tags[key] === value);
}

/**
 * The attributes of every object that matches a data source's configuration.
 *
 * @param searched the attributes of what is searched. @default - those of the objects of the kind
 * @throws {@link LookupError} for an unknown filter
 */
export function lookUp(
  cloud: Cloud,
  kindName: string,
  config: Attributes,
  compared: readonly string[],
  searched?: readonly Attributes[],
): readonly Attributes[] {
  const kind = KINDS[kindName];
  if (kind === undefined) throw new Error(`${kindName}: not a kind of object that can be looked up`);
  const found = cloud
    .everywhere(...kind.types)
    .filter(({ region }) => kind.global || region === cloud.region);
  return [
    ...(searched ?? kind.all?.(cloud) ?? found.map((object) => viewOf(cloud, kind, object))),
    ...(kind.more?.(cloud) ?? []),
  ]
    .filter((view) => matchesAttributes(kind, view, config, compared) && matchesTags(view, config))
    .filter((view) => objects(config, 'filter').every((filter) => matchesFilter(kind, view, filter)));
}

/** The attributes of the only object that matches. @throws {@link LookupError} if none matches, or more than one */
export function lookUpOne(
  cloud: Cloud,
  kindName: string,
  config: Attributes,
  compared: readonly string[],
): Attributes {
  const [found, another] = lookUp(cloud, kindName, config, compared);
  const noun = KINDS[kindName]?.noun ?? kindName;
  if (found === undefined) throw new LookupError(`no matching ${noun} found`);
  if (another === undefined) return found;
  throw new LookupError(
    `multiple ${noun}s matched; use additional constraints to reduce matches to a single ${noun}`,
  );
}
