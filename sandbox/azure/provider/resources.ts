import { type Diagnostic, error } from '../../protocol/diagnostics';
import { isObject, type ObjectValue, type Value } from '../../protocol/values';
import type { Attributes } from '../../provider/attributes';
import { uuidOf } from '../../provider/derived';
import { completed, knownPart, legacyObject } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { Operation, Refusal } from '../../provider/simulated-provider';
import type { ObjectLog } from '../../store/objects';
import {
  type ApiCall,
  AzureError,
  alreadyExists,
  notFound,
  ProviderError,
  unexpectedStatus,
} from '../azure-error';
import { Cloud, type CloudObject } from '../cloud';
import { describeId, idProblem, parseId } from '../resource-id';
import type { Rules } from '../rules';
import { rulesOf } from '../rules-by-type';
import type { Caller } from './caller';
import type { Operations } from './operations';
import { AZURE_VALUES } from './values';

const VERBS: Readonly<Record<Operation, string>> = {
  create: 'creating',
  update: 'updating',
  delete: 'deleting',
};

const CALLS: Readonly<Record<Operation, ApiCall>> = {
  create: 'CreateOrUpdate',
  update: 'CreateOrUpdate',
  delete: 'Delete',
};

/** An error of the API in an operation, with the id of the object, which the error itself does not have. */
export class Refused extends Error {
  constructor(
    readonly id: string,
    readonly reason: AzureError,
  ) {
    super(reason.message);
  }
}

/** The provider's diagnostic for an error of the API. */
export function apiError(
  type: string,
  operation: Operation,
  id: string,
  refusal: Refusal & { readonly status?: number },
): Diagnostic {
  const rules = rulesOf(type);
  const { code, message, hint, retried = false, status = retried ? 429 : 400 } = refusal;
  const form = rules?.form;
  const described = form === undefined || id === '' ? type : describeId(form, id);
  const subject = rules?.subject?.(operation, id) ?? `${VERBS[operation]} ${described}`;
  const answer = unexpectedStatus({ status, code, message });
  return error(`${subject}: performing ${CALLS[operation]}: ${answer}`, hint);
}

/** The attributes of the ids in a resource's own id: the group, its parents, and its name. */
function namesOf(rules: Rules, type: ResourceType, id: string): Attributes {
  const parsed = rules.form && parseId(rules.form, id);
  if (rules.form === undefined || parsed === undefined) return {};
  const known = type.schema.block.attributes ?? {};
  const given: Record<string, Value> = {
    resource_group_name: parsed.group,
    name: parsed.names.at(-1) ?? parsed.group,
  };
  return Object.fromEntries(Object.entries(given).filter(([name]) => name in known));
}

/** Creates, reads, changes and removes the objects of the simulated cloud, for one caller. */
export class Resources {
  private readonly cloud: Cloud;

  constructor(
    log: ObjectLog,
    private readonly caller: Caller,
    private readonly operations: Operations,
  ) {
    this.cloud = new Cloud(log, caller.subscription, caller.tenant);
  }

  /** @throws {@link Refused} if the cloud refuses, and {@link ProviderError} if the provider does */
  async create(type: ResourceType, planned: ObjectValue): Promise<ObjectValue> {
    const rules = this.rules(type);
    const request = knownPart(planned) as Attributes;
    const id = rules.id(this.cloud, request);
    if (this.existing(type, id) !== undefined) throw alreadyExists(type.name, id);
    const created = await this.operate(rules, id, { ...request, id }, () =>
      this.cloud.put(type.name, id, rules.create(this.cloud, request, id)),
    );
    return this.state(type, created, planned);
  }

  /** @throws {@link Refused} if the cloud refuses, or the object no longer exists */
  async update(
    type: ResourceType,
    prior: ObjectValue,
    planned: ObjectValue,
    config: ObjectValue,
  ): Promise<ObjectValue> {
    const rules = this.rules(type);
    const before = this.object(type, prior);
    const id = String(prior.id);
    if (before === undefined) throw new Refused(id, notFound(id));
    const request = this.changed(type, before, knownPart(planned) as Attributes, config);
    const changed = await this.operate(rules, id, before.attributes, () =>
      this.cloud.change(before, rules.update?.(this.cloud, before, request, prior) ?? request),
    );
    return this.state(type, changed, planned);
  }

  /** Removes the object, if it still exists. @throws {@link Refused} if something uses it */
  async delete(type: ResourceType, prior: ObjectValue): Promise<void> {
    const rules = this.rules(type);
    const object = this.object(type, prior);
    if (object === undefined) return;
    await this.operate(rules, object.id, object.attributes, () => {
      rules.remove?.(this.cloud, object, this.caller.features);
      this.cloud.remove(object);
    });
  }

  /** The current state of a resource, or null if its object no longer exists. */
  read(type: ResourceType, prior: ObjectValue): ObjectValue | null {
    const object = this.object(type, prior);
    return object === undefined ? null : refreshed(this.state(type, object, prior));
  }

  /** The state for an id given to `terraform import`, which a read completes. @throws {@link ProviderError} if the id has another form */
  import(type: ResourceType, text: string): ObjectValue {
    const rules = this.rules(type);
    if (rules.imported !== undefined) return rules.imported(text);
    if (rules.form !== undefined && parseId(rules.form, text) === undefined)
      throw new ProviderError(idProblem(rules.form, text));
    return { id: text, ...namesOf(rules, type, text) };
  }

  private rules(type: ResourceType): Rules {
    const rules = rulesOf(type.name);
    if (rules === undefined) throw new Error(`${type.name}: has a schema but no rules`);
    return rules;
  }

  /** Does the work of a change, which takes a time and keeps its gateways busy meanwhile. */
  private async operate<T>(rules: Rules, id: string, attributes: Attributes, work: () => T): Promise<T> {
    const gateways = rules.occupies?.(this.cloud, attributes) ?? [];
    const seconds = (rules.duration ?? 0) * this.caller.gatewaySeconds;
    const uri = `https://management.azure.com/subscriptions/${this.cloud.subscription}/providers/Microsoft.Network/operations/${uuidOf('operation', id)}`;
    try {
      return await this.operations.run(gateways, uri, seconds, work);
    } catch (failure) {
      if (failure instanceof AzureError) throw new Refused(id, failure);
      throw failure;
    }
  }

  private existing(type: ResourceType, id: string): CloudObject | undefined {
    const object = this.cloud.find(type.name, id);
    if (object === undefined || this.rules(type).exists?.(this.cloud, object) !== false) return object;
    this.cloud.remove(object);
    return undefined;
  }

  private object(type: ResourceType, state: ObjectValue): CloudObject | undefined {
    return typeof state.id === 'string' ? this.existing(type, state.id) : undefined;
  }

  /** The object's attributes after a change in place. Computed attributes that are not configured keep their value. */
  private changed(
    type: ResourceType,
    before: CloudObject,
    planned: Attributes,
    config: ObjectValue,
  ): Attributes {
    const { attributes = {}, block_types = {} } = type.schema.block;
    const changed: Record<string, Value> = { ...before.attributes };
    for (const [name, attribute] of Object.entries(attributes)) {
      if (!attribute.computed || (config[name] ?? null) !== null) changed[name] = planned[name] ?? null;
    }
    for (const name of Object.keys(block_types)) changed[name] = planned[name] ?? null;
    return changed;
  }

  private state(type: ResourceType, object: CloudObject, prior: ObjectValue | null): ObjectValue {
    const rules = this.rules(type);
    const derived = rules.derive?.(this.cloud, object) ?? {};
    const timeouts = isObject(prior?.timeouts) ? prior.timeouts : null;
    const { block } = type.schema;
    const attributes = { ...object.attributes, ...derived, id: object.id, timeouts };
    return legacyObject(block, completed(block, attributes), AZURE_VALUES);
  }
}

/** A refresh by the legacy SDK gives an empty map of tags where an apply leaves null. */
function refreshed(state: ObjectValue): ObjectValue {
  return 'tags' in state && state.tags === null ? { ...state, tags: {} } : state;
}
