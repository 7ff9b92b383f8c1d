import { KIND_SECTIONS } from '../../catalog/environment/keys';
import type { GroupsOf } from '../../catalog/kinds/kind';
import { CREATED_ENTRIES, GROUPS } from '../../catalog/kinds/registry';
import type { EitherForm, Form } from '../../catalog/shape/shape';

type Json = Readonly<Record<string, unknown>>;

/**
 * What a catalog can say of what is built, as paths: every key of the sections of all kinds, and every value of a choice whose values
 * have meanings of their own, such as `aws.*.create.egress=nat`. Choices between numbers or algorithms are left out.
 */
export function allOptions(): ReadonlySet<string> {
  const entries = CREATED_ENTRIES.flatMap(({ provider, settingsName = provider, settings, shapes }) => [
    ...optionsOf(settings.shape, `providers.${settingsName}`),
    ...shapes.flatMap(({ shape }) => optionsOf(shape, `${provider}.*`)),
  ]);
  const groups = GROUPS.flatMap(({ provider, shape }) => optionsOf(shape, `node_groups(${provider}).*`));
  const sections = Object.entries(KIND_SECTIONS).flatMap(([name, { shape }]) => optionsOf(shape, name));
  return new Set([...entries, ...groups, ...sections]);
}

/** The options that a catalog makes use of. */
export function optionsIn(catalog: Json): ReadonlySet<string> {
  const entries = CREATED_ENTRIES.flatMap(({ provider, settingsName = provider, settings, shapes }) => [
    ...usedOf(settings.shape, mapOf(catalog.providers)[settingsName], `providers.${settingsName}`),
    ...Object.values(mapOf(catalog[provider])).flatMap((entry) =>
      shapes.flatMap(({ shape }) => usedOf(shape, entry, `${provider}.*`)),
    ),
  ]);
  const sections = Object.entries(KIND_SECTIONS).flatMap(([name, { shape }]) =>
    usedOf(shape, catalog[name], name),
  );
  const groups = Object.values(mapOf(catalog.node_groups)).flatMap((group) =>
    GROUPS.filter((of) => providersOf(of).includes(providerOf(mapOf(group)))).flatMap(({ provider, shape }) =>
      usedOf(shape, group, `node_groups(${provider}).*`),
    ),
  );
  return new Set([...entries, ...groups, ...sections]);
}

function providersOf({ provider, spotProvider }: GroupsOf): readonly unknown[] {
  return [provider, spotProvider];
}

/** The provider in whose network a group is. */
function providerOf({ network, provider }: Json): unknown {
  return provider ?? String(network).split('/')[0];
}

function optionsOf(form: Form, at: string): readonly string[] {
  switch (form.kind) {
    case 'map':
      return Object.entries(form.keys).flatMap(([key, { shape }]) => [
        `${at}.${key}`,
        ...optionsOf(shape, `${at}.${key}`),
      ]);
    case 'named':
      return optionsOf(form.of, `${at}.*`);
    case 'list':
      return optionsOf(form.of, at);
    case 'either':
      return formsOf(form).flatMap((one) => optionsOf(one, at));
    case 'choice':
      return Object.keys(form.meanings ?? {}).map((value) => `${at}=${value}`);
    default:
      return [];
  }
}

function usedOf(form: Form, value: unknown, at: string): readonly string[] {
  switch (form.kind) {
    case 'map':
      return Object.entries(mapOf(value)).flatMap(([key, below]) => {
        const known = form.keys[key];
        return known === undefined ? [] : [`${at}.${key}`, ...usedOf(known.shape, below, `${at}.${key}`)];
      });
    case 'named':
      return Object.values(mapOf(value)).flatMap((below) => usedOf(form.of, below, `${at}.*`));
    case 'list':
      return Array.isArray(value) ? value.flatMap((item) => usedOf(form.of, item, at)) : [];
    case 'either':
      return formsOf(form).flatMap((one) => usedOf(one, value, at));
    case 'choice':
      return Object.hasOwn(form.meanings ?? {}, String(value)) ? [`${at}=${value}`] : [];
    default:
      return [];
  }
}

function formsOf({ text, whole, flag, list, map }: EitherForm): readonly Form[] {
  return [text, whole, flag, list, map].flatMap((form) => form ?? []);
}

function mapOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
