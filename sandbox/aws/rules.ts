import type { Attributes } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';

/** A new object: its id, and its attributes other than `id` and the tags. */
export interface Created {
  readonly id: string;
  readonly attributes: Attributes;
}

/** The cloud's behaviour for one resource type. The functions throw {@link AwsError} for what AWS refuses. */
export interface Rules {
  /** The provider's name for it in errors, as in `creating EC2 Subnet`. */
  readonly noun: string;
  /** The API's service: `EC2`, `IAM`, `CloudWatch Logs`. */
  readonly service: string;
  /** API actions that errors name. @default - derived from the type's name, such as `CreateSubnet` */
  readonly actions?: Partial<Record<'create' | 'update' | 'delete', string>>;
  /** Whether its objects have no region. */
  readonly global?: true;
  /**
   * Checks a request and gives the new object. Attributes that the request leaves open are null in it.
   *
   * @param config the configuration, which has the write-only arguments and the texts of which a state holds a digest
   */
  create(cloud: Cloud, request: Attributes, config: Attributes): Created;
  /**
   * The calls that the provider makes after the one that creates the object, and the attributes after them. What AWS refuses here
   * leaves the object, which Terraform then has as tainted.
   */
  finish?(cloud: Cloud, created: CloudObject, request: Attributes): Attributes;
  /** The id under which the cloud stores an object whose id in a state is not unique in a region. @default - the id in the state */
  readonly key?: (attributes: Attributes) => string;
  /** Attributes by which two objects are the same to their user, beside equal tags. @default - nothing tells twins apart */
  readonly identity?: readonly string[];
  /** Checks a change in place and gives the attributes after it, which may differ from those requested. */
  update?(cloud: Cloud, before: CloudObject, request: Attributes, config: Attributes): Attributes;
  /** Checks that nothing depends on the object, and undoes the effects of its creation on other objects. */
  remove?(cloud: Cloud, object: CloudObject): void;
  /** Whether the object stays in the cloud when Terraform destroys the resource. */
  readonly kept?: (object: CloudObject) => boolean;
  /** Attributes that follow from other objects: computed at every read, and not stored. */
  derive?(cloud: Cloud, object: CloudObject): Attributes;
  /** The attributes that the provider sets for a text given to `terraform import`. @default - the text is the id */
  imported?(cloud: Cloud, id: string): Attributes;
  /** The id of an imported object, whose state has the text given to `terraform import` in its place. */
  found?(cloud: Cloud, id: string): string | undefined;
}
