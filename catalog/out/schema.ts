import { featuresText } from '../../model/clouds/provider-features';
import {
  adoptedShape,
  CUSTOM_ENTRY,
  customShape,
  KNOWN_PROVIDERS,
  OPEN_PROVIDERS,
  OTHER_SPELLINGS,
} from '../adopted/keys';
import { backendShape } from '../environment/backends';
import { ENVIRONMENT_KEYS, KIND_SECTIONS } from '../environment/keys';
import { BACKEND_TYPES } from '../ground/backend';
import type { JsonMap } from '../ground/json';
import type { CreatedEntries } from '../kinds/kind';
import { CREATED_ENTRIES, GROUPS, PROVIDER_SETTINGS } from '../kinds/registry';
import { GROUP_NAME } from '../nodes/formats';
import { ADOPTED_NAME } from '../shape/formats';
import type { Keys, MapForm } from '../shape/shape';
import { requiredKeys, ShapeSchema } from './shape-schema';

/**
 * The JSON schema (draft-07) of a catalog, made of the same tables as the validation, for completion and hover.
 *
 * A file that extends another, and one without `cci_version` (a base), is a fragment: nothing is required in it, and
 * null, which deletes, may stand everywhere.
 */
export function catalogSchema(): JsonMap {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description: "The portable VC controller's vpn_catalog.yml, with what is to be created",
    type: 'object',
    if: { anyOf: [{ required: ['extends'] }, { not: { required: ['cci_version'] } }] },
    // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
    then: { $ref: '#/definitions/fragment' },
    else: { $ref: '#/definitions/whole' },
    definitions: { whole: new SchemaWriter(false).root(), fragment: new SchemaWriter(true).root() },
  };
}

const CREATE_DESCRIPTION = 'What is built. Without it, the entry describes what exists already.';

class SchemaWriter {
  private readonly shapes: ShapeSchema;

  constructor(private readonly isFragment: boolean) {
    this.shapes = new ShapeSchema(isFragment);
  }

  root(): JsonMap {
    const { backend, providers, node_groups: groups, ...others } = ENVIRONMENT_KEYS;
    const created = CREATED_ENTRIES.map(({ provider }) => provider);
    const known = KNOWN_PROVIDERS.filter((provider) => !created.includes(provider));
    return {
      type: 'object',
      properties: {
        ...this.shapes.properties({ ...others, ...KIND_SECTIONS }),
        backend: this.backend(backend.description),
        node_groups: this.shapes.orNull(this.nodeGroups(groups.description)),
        providers: this.shapes.orNull({
          type: 'object',
          description: providers.description,
          properties: Object.fromEntries(
            PROVIDER_SETTINGS.map(({ name, key }) => [name, this.shapes.orNull(this.shapes.of(key.shape))]),
          ),
          additionalProperties: false,
        }),
        ...Object.fromEntries(
          CREATED_ENTRIES.map((entries) => [
            entries.provider,
            this.entries(this.createdEntry(entries), entries.provider),
          ]),
        ),
        ...Object.fromEntries(
          known.map((name) => [name, this.entries(this.adopted(adoptedShape(name)), name)]),
        ),
        ...Object.fromEntries(
          OPEN_PROVIDERS.map((name) => [name, this.entries(this.adopted(customShape(name)), name)]),
        ),
      },
      ...(this.isFragment ? {} : { required: ['cci_version'] }),
      additionalProperties: this.entries(this.adopted(CUSTOM_ENTRY)),
    };
  }

  /** @param provider - its name, for what its nodes can do */
  private entries(entry: JsonMap, provider = ''): JsonMap {
    const description = featuresText(provider);
    return {
      ...(description === undefined ? {} : { description }),
      type: ['object', 'null'],
      propertyNames: { pattern: ADOPTED_NAME.pattern },
      additionalProperties: entry,
    };
  }

  /** An entry that exists already: whatever is not known passes through, and deprecated spellings count. */
  private adopted(shape: MapForm = CUSTOM_ENTRY): JsonMap {
    return this.adoptedEntry(shape, {
      create: {
        // Nothing is allowed: no value but null by its type, and not null either. The type's message can be chosen.
        type: 'null',
        not: { type: 'null' },
        description: 'Not built yet for this provider',
        // Keywords of editors, which JSON schema leaves alone.
        doNotSuggest: true,
        errorMessage: 'create is not built yet for this provider',
      },
    });
  }

  /**
   * @param sign - keys of which one must be there before any is required; where none is there, the entry is half written
   */
  private adoptedEntry(shape: MapForm, further: JsonMap, sign?: readonly string[]): JsonMap {
    const old = Object.entries(OTHER_SPELLINGS)
      .map(([spelling, { key }]) => [spelling, key] as const)
      .filter(([, current]) => Object.hasOwn(shape.keys, current));
    const spellingsOf = (key: string): readonly string[] => [
      key,
      ...old.filter(([, current]) => current === key).map(([other]) => other),
    ];
    const oneOf = (keys: readonly string[]): JsonMap => ({
      anyOf: keys.flatMap(spellingsOf).map((spelling) => ({ required: [spelling] })),
    });
    const required = this.isFragment ? [] : requiredKeys(shape.keys);
    const needs: JsonMap = { allOf: required.map((key) => oneOf([key])) };
    return {
      type: required.length > 0 && sign === undefined ? 'object' : ['object', 'null'],
      properties: {
        ...this.shapes.properties(shape.keys),
        ...Object.fromEntries(
          old.flatMap(([key, current]) => {
            const described = shape.keys[current];
            if (described === undefined) return [];
            const deprecationMessage = `${OTHER_SPELLINGS[key]?.goesOut === 'corrected' ? 'old' : 'another'} spelling of ${current}`;
            return [[key, { ...this.shapes.of(described.shape), deprecationMessage, doNotSuggest: true }]];
          }),
        ),
        ...further,
      },
      ...(required.length === 0
        ? {}
        : sign === undefined
          ? needs
          : // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
            { if: oneOf(sign), then: needs }),
    };
  }

  /** An entry of a provider that is built, by what stands in it: adopted, or one of the shapes of `create`. */
  private createdEntry({ provider, shapes, settings }: CreatedEntries): JsonMap {
    const adopted = adoptedShape(provider) ?? CUSTOM_ENTRY;
    if (this.isFragment) return this.adoptedEntry(adopted, { create: this.anyCreate(shapes) });
    const own = new Set(shapes.flatMap(({ shape }) => requiredKeys(shape.keys)));
    const adoptedOnly = requiredKeys(adopted.keys).filter((key) => !own.has(key));
    const begun = new SchemaWriter(true).createdEntry({ provider, shapes, settings });
    return {
      if: { type: 'object', required: ['create'] },
      // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
      then: {
        // Until a key of create is there, it can't be known which one of the shapes is meant.
        if: { properties: { create: { type: 'object', anyOf: anyKeyOf(shapes) } } },
        // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
        then: shapes.reduceRight<JsonMap>(
          (others, { only, shape }) =>
            only === undefined
              ? this.shapes.of(shape)
              : {
                  if: { properties: { create: { type: 'object', required: [only] } } },
                  // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
                  then: this.shapes.of(shape),
                  else: others,
                },
          {},
        ),
        else: begun,
      },
      else: this.adoptedEntry(
        adopted,
        { create: { type: 'object', description: CREATE_DESCRIPTION } },
        adoptedOnly,
      ),
    };
  }

  /** `create` of which nothing is required yet: with the keys of all shapes, because it can't be known which one is meant. */
  private anyCreate(shapes: CreatedEntries['shapes']): JsonMap {
    const creates = shapes.flatMap(({ shape }) => shape.keys.create?.shape ?? []);
    const keys = creates.map((create) => (create.kind === 'map' ? create.keys : {}));
    return {
      type: ['object', 'null'],
      description: CREATE_DESCRIPTION,
      properties: this.shapes.properties(Object.assign({}, ...keys)),
      additionalProperties: false,
    };
  }

  /** Node groups, whose keys are those of the provider in whose network they are. */
  private nodeGroups(description: string): JsonMap {
    const all: Keys = Object.assign({}, ...GROUPS.map(({ shape }) => shape.keys));
    const undecided = {
      type: this.isFragment ? ['object', 'null'] : 'object',
      properties: new ShapeSchema(true).properties(all),
      additionalProperties: false,
    };
    const byProvider = GROUPS.reduceRight<JsonMap>((others, { provider, spotProvider = provider, shape }) => {
      const names = [...new Set([provider, spotProvider])];
      const named: readonly JsonMap[] = [
        { required: ['network'], properties: { network: { pattern: `^(${names.join('|')})/` } } },
        { required: ['provider'], properties: { provider: { enum: names } } },
      ];
      return {
        if: { anyOf: named },
        // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
        then: this.shapes.of(shape),
        else: others,
      };
    }, {});
    return {
      type: ['object', 'null'],
      description,
      propertyNames: { pattern: GROUP_NAME.pattern },
      additionalProperties: this.isFragment ? undecided : { ...undecided, ...byProvider },
    };
  }

  private backend(description: string): JsonMap {
    const cases = BACKEND_TYPES.map((type) => ({
      if: { properties: { type: { const: type } } },
      // biome-ignore lint/suspicious/noThenProperty: it is JSON schema's own keyword
      then: this.shapes.of(backendShape(type)),
    }));
    return this.shapes.orNull({
      type: 'object',
      description,
      properties: { type: { enum: [...BACKEND_TYPES] } },
      ...(this.isFragment ? {} : { required: ['type'], allOf: cases }),
    });
  }
}

/** That a `create` has a key of any shape. */
function anyKeyOf(shapes: CreatedEntries['shapes']): readonly JsonMap[] {
  const creates = shapes.flatMap(({ shape }) => shape.keys.create?.shape ?? []);
  const keys = creates.flatMap((create) => (create.kind === 'map' ? Object.keys(create.keys) : []));
  return [...new Set(keys)].map((key) => ({ required: [key] }));
}
