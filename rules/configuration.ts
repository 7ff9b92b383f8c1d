import { MASK } from '../base/mask-text';
import { PENDING_TEXT } from '../model/net/address';
import { blockAddress, type Resource } from './resource';
import { isUnknownText, isValues, type Values } from './values';

/** A resource of a plan, whose values are known as far as Terraform knows them. */
export interface PlannedResource {
  readonly address: string;
  /** Values that the apply gives are `(known after apply)`, secrets are masked. */
  readonly values: Values;
}

/**
 * The resources of a configuration in JSON: `cdk.tf.json` of any app of cdktf, or another `*.tf.json`.
 *
 * @param stack - names it in findings
 * @throws Error where it is no configuration
 */
export function readConfiguration(stack: string, json: unknown): readonly Resource[] {
  if (!isValues(json)) throw new Error('a configuration must be an object');
  return [
    ...blocks(json, 'resource').flatMap(([type, named]) => ofType(stack, type, type, named)),
    ...blocks(json, 'data').flatMap(([type, named]) => ofType(stack, `data.${type}`, `data.${type}`, named)),
    ...blocks(json, 'provider').flatMap(([name, settings]) => providers(stack, name, settings)),
    ...blocks(json, 'output').map(([name, output]) =>
      resource(stack, `output.${name}`, 'output', name, output),
    ),
    ...blocks(json, 'variable').map(([name, body]) =>
      resource(stack, `variable.${name}`, 'variable', name, body),
    ),
    ...blocks(json, 'locals').map(([name, value]) =>
      resource(stack, `local.${name}`, 'local', name, { value }),
    ),
  ];
}

/**
 * The same resources with the values of a plan. An instance of a resource stands in its place; one of which the plan says nothing
 * stays as it is written.
 */
export function withPlanned(
  resources: readonly Resource[],
  planned: readonly PlannedResource[],
): readonly Resource[] {
  const byBlock = new Map<string, PlannedResource[]>();
  for (const one of planned) {
    const block = blockAddress(one);
    byBlock.set(block, [...(byBlock.get(block) ?? []), one]);
  }
  return resources.flatMap((one) => {
    const instances = byBlock.get(one.address) ?? [];
    if (instances.length === 0) return [one];
    return instances.map(({ address, values }) => ({
      ...one,
      address,
      values: plannedValues(values, one.written),
    }));
  });
}

function plannedValues(planned: Values, written: Values): Values {
  const values = judgeable(planned, written);
  return isValues(values) ? values : {};
}

/**
 * A planned value as rules read it. What the plan masks is judged as it is written, where that is no expression: user data, and keys
 * that stand in the configuration. What nobody wrote and the cloud decides is absent, as it is in the configuration.
 */
function judgeable(planned: unknown, written: unknown): unknown {
  if (planned === PENDING_TEXT && (written === undefined || written === null)) return undefined;
  if (planned === MASK) return typeof written === 'string' && !isUnknownText(written) ? written : planned;
  if (Array.isArray(planned))
    return planned.map((part, index) =>
      judgeable(part, Array.isArray(written) ? written[index] : index === 0 ? written : undefined),
    );
  if (!isValues(planned)) return planned;
  const own = isValues(written) ? written : {};
  return Object.fromEntries(
    Object.entries(planned).map(([name, part]) => [name, judgeable(part, own[name])]),
  );
}

/** The blocks of a kind with their names, in the order of the file. A file may hold several of them in a list. */
function blocks(json: Values, kind: string): readonly (readonly [string, unknown])[] {
  const section = json[kind];
  const parts: readonly unknown[] = Array.isArray(section) ? section : [section];
  return parts.flatMap((part) => (isValues(part) ? Object.entries(part) : []));
}

function ofType(stack: string, type: string, prefix: string, named: unknown): readonly Resource[] {
  const parts: readonly unknown[] = Array.isArray(named) ? named : [named];
  return parts.flatMap((part) =>
    isValues(part)
      ? Object.entries(part)
          .map(([name, body]) => resource(stack, `${prefix}.${name}`, type, name, body))
          .filter(({ written }) => !isNeverMade(written))
      : [],
  );
}

/** Whether there is no instance of a block, whatever else it says. */
function isNeverMade({ count, for_each: each }: Values): boolean {
  if (count === 0 || count === '0') return true;
  return Array.isArray(each) ? each.length === 0 : isValues(each) && Object.keys(each).length === 0;
}

function providers(stack: string, name: string, settings: unknown): readonly Resource[] {
  const all: readonly unknown[] = Array.isArray(settings) ? settings : [settings];
  return all.map((one) => {
    const alias = isValues(one) && typeof one.alias === 'string' ? `.${one.alias}` : '';
    return resource(stack, `provider.${name}${alias}`, `provider.${name}`, name, one);
  });
}

function resource(stack: string, address: string, type: string, name: string, given: unknown): Resource {
  const body: unknown = Array.isArray(given) ? given[0] : given;
  const { '//': comment, ...written } = isValues(body) ? body : {};
  const path = isValues(comment) && isValues(comment.metadata) ? comment.metadata.path : undefined;
  return {
    stack,
    address,
    type,
    name,
    ...(typeof path === 'string' ? { path } : {}),
    written,
    values: written,
  };
}
