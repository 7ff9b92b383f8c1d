import { randomUUID } from 'node:crypto';
import { Failure } from '../../base/errors';
import { STATE_VERSION } from '../state-contents';

/** The attributes of an instance, as the provider wrote them. Some are secrets. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One object in a state: what Terraform keeps of it, under its address. */
export interface StateInstance {
  /** `module.net.aws_vpc.this["a"]` */
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** The instance as it stands in the state: schema version, attributes, the provider's private data. */
  readonly raw: Attributes;
  /** Why it can't be taken over as it is: `tainted`, `deposed`. */
  readonly flaw?: 'tainted' | 'deposed';
}

/** A state of the layout that Terraform has had since 0.12. */
export interface StateFile {
  readonly serial: number;
  readonly lineage: string;
  readonly instances: readonly StateInstance[];
  /** All of it, as it was read. */
  readonly raw: Attributes;
}

/**
 * Reads a state: a file, or what `terraform state pull` prints.
 *
 * @param name - how messages call it
 * @throws {@link Failure} for a text that is no state of the known layout
 */
export function parseState(text: string, name: string): StateFile {
  const raw = parsed(text, name);
  const { version, serial, lineage, resources, backend } = raw;
  if (typeof backend === 'object' && backend !== null) {
    throw new Failure({
      where: name,
      summary: 'is no state, but what terraform init keeps of a remote backend',
      fixes: ['give what terraform state pull prints in its folder'],
    });
  }
  if (version !== STATE_VERSION) {
    throw new Failure({
      where: name,
      summary: `must be a Terraform state of version ${STATE_VERSION}, got ${version === undefined ? 'no version' : `version ${String(version)}`}`,
      fixes: [
        typeof version === 'number' && version < STATE_VERSION
          ? 'run terraform apply -refresh-only with Terraform 1.x in its folder: it writes the newer layout'
          : 'give the file that terraform state pull prints in its folder',
      ],
    });
  }
  return {
    serial: typeof serial === 'number' ? serial : 0,
    lineage: typeof lineage === 'string' ? lineage : '',
    instances: list(resources).flatMap(instancesOf),
    raw,
  };
}

/** An instance for a state of ours: it has no module, no count and no for_each. */
export interface NewInstance {
  readonly type: string;
  readonly name: string;
  /** As {@link StateInstance.raw}. */
  readonly raw: Attributes;
}

/**
 * The text of a state with more instances: the lineage of the old one stays, the serial is one more.
 *
 * @param own - the state as it is; undefined where there is none, and a lineage is begun
 * @param provider - as states name it: `provider["registry.terraform.io/hashicorp/aws"]`
 * @throws {@link Failure} where an address is taken
 */
export function withInstances(
  own: StateFile | undefined,
  instances: readonly NewInstance[],
  provider: string,
  terraformVersion: string,
): string {
  const taken = new Set(own?.instances.map(({ address }) => address));
  for (const { type, name } of instances) {
    const address = `${type}.${name}`;
    if (taken.has(address)) throw new Failure(`${address}: the state has it already`);
    taken.add(address);
  }
  const resources = instances.map(({ type, name, raw }) => ({
    mode: 'managed',
    type,
    name,
    provider,
    instances: [raw],
  }));
  const base = own?.raw ?? {
    version: STATE_VERSION,
    terraform_version: terraformVersion,
    outputs: {},
    check_results: null,
  };
  const state = {
    ...base,
    serial: (own?.serial ?? 0) + 1,
    lineage: own?.lineage || randomUUID(),
    resources: [...list(own?.raw.resources), ...resources],
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

function instancesOf(resource: unknown): readonly StateInstance[] {
  const { module, mode, type, name, instances } = object(resource);
  const prefix = typeof module === 'string' ? `${module}.` : '';
  const base = `${prefix}${mode === 'data' ? 'data.' : ''}${String(type)}.${String(name)}`;
  return list(instances).map((instance) => {
    const raw = object(instance);
    const { index_key: key, attributes, status, deposed } = raw;
    const flaw = deposed !== undefined ? 'deposed' : status === 'tainted' ? 'tainted' : undefined;
    return {
      address: key === undefined ? base : `${base}[${JSON.stringify(key)}]`,
      mode: String(mode),
      type: String(type),
      attributes: object(attributes),
      raw,
      ...(flaw === undefined ? {} : { flaw }),
    };
  });
}

function parsed(text: string, name: string): Attributes {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return object(value);
  } catch {
    // Said below: what JSON.parse says would show a part of the file, which may be a secret.
  }
  throw new Failure({
    where: name,
    summary: 'must be a Terraform state, and is no JSON object',
    fixes: ['give the file that terraform state pull prints in its folder'],
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function object(value: unknown): Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
