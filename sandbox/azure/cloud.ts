import { type Attributes, text } from '../provider/attributes';
import type { ObjectLog } from '../store/objects';
import type { SandboxObject } from '../store/sandbox-object';
import { AzureError, invalidReference } from './azure-error';
import { formatId, GROUP_FORM, ID_FORMS, parseId } from './resource-id';
import { AZURE_MANAGED_TYPES } from './types';

/** An object of the simulated cloud. It has the attributes of a Terraform state, except those that follow from other objects. */
export interface CloudObject extends SandboxObject {
  readonly attributes: Attributes;
}

/** A type whose objects have ids of their own. Associations have those of the objects that they join. */
export type NamedType = keyof typeof ID_FORMS;

/** Whether two ids, or names, are the same to Azure, which does not distinguish case. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The simulated cloud as one subscription sees it. Ids hold the subscription, so that an id of another one can be looked up as well. */
export class Cloud {
  constructor(
    private readonly log: ObjectLog,
    readonly subscription: string,
    /** The directory of the subscription, which its identities lie in. */
    readonly tenant: string,
  ) {}

  /** The object of an id, in whatever case the id is written. */
  find(type: string, id: string): CloudObject | undefined {
    const exact = this.log.get(type, this.subscription, id) as CloudObject | undefined;
    return exact ?? this.all(type).find((object) => isSame(object.id, id));
  }

  /** The objects of some types, oldest first. */
  all(...types: readonly string[]): readonly CloudObject[] {
    return this.log.ofTypes(types) as readonly CloudObject[];
  }

  /** The objects of all types, oldest first. */
  everything(): readonly CloudObject[] {
    return this.all(...AZURE_MANAGED_TYPES);
  }

  /** Whether an object has, or had, an id. */
  isUsed(id: string): boolean {
    return this.log.isUsed(id);
  }

  put(type: string, id: string, attributes: Attributes): CloudObject {
    const object = { type, id, region: this.subscription, attributes: { ...attributes, id } };
    this.log.put(object);
    return object;
  }

  /** Stores changed attributes of an object, which may be of another subscription. */
  change(object: CloudObject, attributes: Attributes): CloudObject {
    const changed = { ...object, attributes: { ...attributes, id: object.id } };
    this.log.put(changed);
    return changed;
  }

  remove(object: CloudObject): void {
    this.log.delete(object.type, object.region, object.id);
  }

  /** The id of a resource in a group. @param names the name of its parent, if it has one, and its own */
  id(type: NamedType, group: string, ...names: readonly string[]): string {
    return formatId(ID_FORMS[type], { subscription: this.subscription, group, names });
  }

  groupId(name: string): string {
    return formatId(GROUP_FORM, { subscription: this.subscription, group: name, names: [] });
  }

  /** @throws {@link AzureError} if there is no such resource group */
  requireGroup(name: string): CloudObject {
    const found = this.find('azurerm_resource_group', this.groupId(name));
    if (found !== undefined) return found;
    throw new AzureError('ResourceGroupNotFound', `Resource group '${name}' could not be found.`, 404);
  }

  /** The object that a child lies in. @throws {@link AzureError} if there is none */
  requireParent(type: NamedType, child: NamedType, group: string, name: string): CloudObject {
    this.requireGroup(group);
    const id = this.id(type, group, name);
    const found = this.find(type, id);
    if (found !== undefined) return found;
    throw new AzureError(
      'ParentResourceNotFound',
      `Failed to perform 'write' on resource(s) of type '${ID_FORMS[child].types.join('/')}', because the parent resource '${id}' could not be found.`,
      404,
    );
  }

  /**
   * Finds an object that a request refers to.
   *
   * @param by the id of the object that refers to it. @param location where both must lie; undefined if that does not matter
   * @throws {@link AzureError} if it does not exist, or lies in another region
   */
  require(type: NamedType, id: string, by: string, location?: string): CloudObject {
    const found = this.find(type, id);
    const isElsewhere =
      found !== undefined && location !== undefined && text(found.attributes, 'location') !== location;
    if (found === undefined || isElsewhere) throw invalidReference(id, by);
    return found;
  }

  /** The objects in a resource group, except associations, and resources that lie in another one. */
  inGroup(group: CloudObject): readonly CloudObject[] {
    const topLevel = AZURE_MANAGED_TYPES.filter((type) => type in ID_FORMS);
    return this.all(...topLevel).filter(({ id, type }) => {
      const form = ID_FORMS[type as NamedType];
      return form.types.length === 1 && id.toLowerCase().startsWith(`${group.id.toLowerCase()}/`);
    });
  }
}

/** The names in the id of an object: those of its parents, and its own as the last. */
export function namesIn(type: NamedType, id: string): readonly string[] {
  return parseId(ID_FORMS[type], id)?.names ?? [];
}
