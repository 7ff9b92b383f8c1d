import { unordered } from '../protocol/values';
import { type Attributes, objects } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';
import type { IdForm } from './id-form';

/** Azure's behaviour for one resource type. The functions throw {@link AzureError} for what Azure refuses. */
export interface Rules {
  /** The form of its ids; undefined for an association, which has those of what it joins. */
  readonly form?: IdForm;
  /** How errors of the provider begin, such as `creating Subnet (…)`. @default - the verb and the id's own words */
  subject?(operation: 'create' | 'update' | 'delete', id: string): string;
  /** The id that a request for a new object gives it. */
  id(cloud: Cloud, request: Attributes): string;
  /** Checks a request and gives the attributes of the new object. What the request leaves open is null in it. */
  create(cloud: Cloud, request: Attributes, id: string): Attributes;
  /**
   * Checks a change in place and gives the attributes after it, which may differ from those requested.
   *
   * @param prior the state before, with the attributes that follow from other objects
   */
  update?(cloud: Cloud, before: CloudObject, request: Attributes, prior: Attributes): Attributes;
  /** Checks that nothing uses the object, and removes what cannot outlive it. */
  remove?(cloud: Cloud, object: CloudObject, features: Features): void;
  /** Attributes that follow from other objects: computed at every read, and not stored. */
  derive?(cloud: Cloud, object: CloudObject): Attributes;
  /** Whether an association still exists, since what it joins may be gone. */
  exists?(cloud: Cloud, object: CloudObject): boolean;
  /** The ids of the gateways on which a change works while it lasts: Azure refuses a second change of one of them. */
  occupies?(cloud: Cloud, attributes: Attributes): readonly string[];
  /** What an operation takes, in shares of the time that a gateway takes. @default 0 */
  readonly duration?: number;
  /** The attributes that an import sets for an id. @throws {@link ProviderError} if the id has another form */
  imported?(id: string): Attributes;
}

/**
 * The elements of a list that stands for objects of their own, such as the rules of a security group; undefined if the configuration
 * leaves them alone. They are not stored in the object, so that a request has them only where they are configured.
 */
export function inlineElements(
  request: Attributes,
  prior: Attributes,
  name: string,
): readonly Attributes[] | undefined {
  const asked = request[name] ?? null;
  return asked === null || unordered(asked) === unordered(prior[name] ?? [])
    ? undefined
    : objects(request, name);
}

/** The part of the provider's `features` block that rules ask for. */
export interface Features {
  readonly keepsFilledGroups: boolean;
  /** Whether the provider deletes the OS disk of a virtual machine that it deletes. */
  readonly deletesOsDisks: boolean;
}
