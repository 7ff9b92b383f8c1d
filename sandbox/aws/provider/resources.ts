import { type Diagnostic, error } from '../../protocol/diagnostics';
import { isKnown, isObject, type ObjectValue, unordered, type Value } from '../../protocol/values';
import { type Attributes, filled } from '../../provider/attributes';
import { hex } from '../../provider/derived';
import { completed, knownPart, legacyObject } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import { type Operation, type Refusal, type Twin, Unfinished } from '../../provider/simulated-provider';
import { appliedTagsAll, isTagged, readTags } from '../../provider/tags';
import type { ObjectLog } from '../../store/objects';
import { AwsError } from '../aws-error';
import { Cloud, type CloudObject, GLOBAL } from '../cloud';
import { AWS_FILES } from '../files';
import type { Rules } from '../rules';
import { rulesOf } from '../rules-by-type';
import { checkTags } from '../tags';
import type { Caller } from './caller';
import { AWS_VALUES } from './values';

const VERBS: Readonly<Record<Operation, string>> = {
  create: 'creating',
  update: 'updating',
  delete: 'deleting',
};

/** The name of the API action, which follows from the type: `CreateNatGateway` creates an `aws_nat_gateway`. */
function actionOf(type: string, rules: Rules, operation: Operation): string {
  const given = rules.actions?.[operation];
  if (given !== undefined) return given;
  const words = type.replace(/^aws_(iam_|cloudwatch_)?/, '').split('_');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return operation === 'create'
    ? `Create${name}`
    : operation === 'delete'
      ? `Delete${name}`
      : `Modify${name}Attribute`;
}

/** The provider's default of `max_retries`. */
const ATTEMPTS = 25;

/** The provider's diagnostic for an error of the API. */
export function apiError(type: string, operation: Operation, id: string, refusal: Refusal): Diagnostic {
  const { code, message, hint, retried = false, step } = refusal;
  const rules = rulesOf(type);
  const subject = `${VERBS[operation]} ${rules?.noun ?? type}${id === '' ? '' : ` (${id})`}`;
  const action = rules === undefined ? operation : actionOf(type, rules, operation);
  const seed = hex(32, type, operation, id, code, message);
  const request = seed.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const gaveUp = retried ? `exceeded maximum number of attempts, ${ATTEMPTS}, ` : '';
  const response = `${gaveUp}https response error StatusCode: ${retried ? 503 : 400}, RequestID: ${request}`;
  const called = `operation error ${rules?.service ?? 'EC2'}: ${step?.action ?? action}`;
  if (step !== undefined && step.action === undefined)
    return error(`${step.subject}. last error: ${code}: ${message}`, hint);
  return error(`${step?.subject ?? subject}: ${called}, ${response}, api error ${code}: ${message}`, hint);
}

/** Creates, reads, changes and removes the objects of the simulated cloud, for one caller. */
export class Resources {
  private readonly regional: Cloud;
  private readonly global: Cloud;
  /** The ids of the objects that were made or read through this provider. */
  private readonly seen = new Set<string>();

  constructor(
    log: ObjectLog,
    private readonly caller: Caller,
  ) {
    this.regional = new Cloud(log, caller.region, caller.account);
    this.global = new Cloud(log, GLOBAL, caller.account);
  }

  /** @throws {@link AwsError} if the cloud refuses */
  create(type: ResourceType, planned: ObjectValue, config: ObjectValue): ObjectValue {
    const { rules, cloud } = this.at(type);
    const known = knownPart(planned) as Attributes;
    const tags_all = appliedTagsAll(planned, this.caller);
    if (isTagged(type)) checkTags(rules.service, tags_all);
    const tags: Attributes = isTagged(type) ? { tags_all } : {};
    const made = rules.create(cloud, { ...known, ...tags }, config);
    const attributes = { ...made.attributes, id: made.id };
    const created = cloud.put(type.name, rules.key?.(attributes) ?? made.id, attributes);
    this.seen.add(created.id);
    if (rules.finish === undefined) return this.state(type, created, planned);
    try {
      const finished = rules.finish(cloud, created, known);
      return this.state(type, cloud.put(type.name, created.id, finished), planned);
    } catch (failure) {
      throw new Unfinished(this.state(type, created, planned), failure);
    }
  }

  /** @throws {@link AwsError} if the cloud refuses, or the object no longer exists */
  update(type: ResourceType, prior: ObjectValue, planned: ObjectValue, config: ObjectValue): ObjectValue {
    const { rules, cloud } = this.at(type);
    const before = this.object(type, prior);
    if (before === undefined) throw new AwsError('NotFound', `${rules.noun} not found`);
    const request = this.changed(type, before, knownPart(planned) as Attributes, config);
    if (isTagged(type)) checkTags(rules.service, appliedTagsAll(planned, this.caller));
    const attributes = rules.update === undefined ? request : rules.update(cloud, before, request, config);
    return this.state(type, cloud.put(type.name, before.id, attributes), planned);
  }

  /** Removes the object, if it still exists. @throws {@link AwsError} if something depends on it */
  delete(type: ResourceType, prior: ObjectValue): void {
    const { rules, cloud } = this.at(type);
    const object = this.object(type, prior);
    if (object === undefined || rules.kept?.(object)) return;
    rules.remove?.(cloud, object);
    cloud.remove(type.name, object.id);
  }

  /** The current state of a resource, or null if its object no longer exists. */
  read(type: ResourceType, prior: ObjectValue): ObjectValue | null {
    const object = this.object(type, prior);
    if (object !== undefined) this.seen.add(object.id);
    return object === undefined ? null : refreshed(type, this.state(type, object, prior));
  }

  /** The state for an id given to `terraform import`, which a read completes. @throws if the id has another form */
  import(type: ResourceType, text: string): ObjectValue {
    const { rules, cloud } = this.at(type);
    return rules.imported?.(cloud, text) ?? { id: text };
  }

  /** An object with the same identity and the same tags as a planned one, of which this provider knows nothing. */
  twin(type: ResourceType, planned: ObjectValue, made?: string): Twin | undefined {
    const { rules, cloud } = this.at(type);
    const compared = [...(rules.identity ?? []), 'tags_all'];
    if (rules.identity === undefined || !compared.every((name) => isKnown(planned[name] ?? null)))
      return undefined;
    const isTagless = Object.keys((planned.tags_all ?? {}) as Attributes).length === 0;
    if (isTagless && rules.identity.length === 0) return undefined;
    const twin = cloud
      .all(type.name)
      .find(
        ({ id, attributes }) =>
          id !== made &&
          !this.seen.has(id) &&
          compared.every((name) => unordered(attributes[name] ?? {}) === unordered(planned[name] ?? {})),
      );
    const shared = rules.identity.map((name) => `the ${name} ${String(planned[name])}`);
    return (
      twin && { id: twin.id, common: [...shared, isTagless ? 'no tags' : 'the same tags'].join(' and ') }
    );
  }

  private at(type: ResourceType): { rules: Rules; cloud: Cloud } {
    const rules = rulesOf(type.name);
    if (rules === undefined) throw new Error(`${type.name}: has a schema but no rules`);
    return { rules, cloud: rules.global ? this.global : this.regional };
  }

  private object(type: ResourceType, state: ObjectValue): CloudObject | undefined {
    const id = state.id;
    if (typeof id !== 'string') return undefined;
    const { rules, cloud } = this.at(type);
    const key = rules.key?.(state) ?? id;
    return cloud.find(type.name, key) ?? cloud.find(type.name, rules.found?.(cloud, id) ?? '');
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
    if (isTagged(type)) changed.tags_all = appliedTagsAll(planned, this.caller);
    return changed;
  }

  private state(type: ResourceType, object: CloudObject, prior: ObjectValue | null): ObjectValue {
    const { rules, cloud } = this.at(type);
    const derived = rules.derive?.(cloud, object) ?? {};
    const tags = isTagged(type) ? readTags(object.attributes, prior, this.caller) : {};
    const timeouts = isObject(prior?.timeouts) ? prior.timeouts : null;
    const { block } = type.schema;
    const attributes = filled({ ...object.attributes, ...derived }, AWS_FILES.unset(type.name));
    return legacyObject(block, completed(block, { ...attributes, ...tags, timeouts }), AWS_VALUES);
  }
}

/** A refresh by the legacy SDK gives an empty map of tags where an apply leaves null. */
function refreshed(type: ResourceType, state: ObjectValue): ObjectValue {
  const isBare = isTagged(type) && type.behaviour.legacy === true && state.tags === null;
  return isBare ? { ...state, tags: {} } : state;
}
