import type { Attributes } from '../provider/attributes';
import type { Cloud, CloudObject } from './cloud';

/** A new object: its id and all its attributes but `id` and the tags. */
export interface Created {
  readonly id: string;
  readonly attributes: Attributes;
}

/** What the cloud does with one resource type. The functions throw {@link AwsError} where AWS refuses. */
export interface Rules {
  /** As the provider names it in errors: `creating EC2 Subnet`. */
  readonly noun: string;
  /** The API's service: `EC2`, `IAM`, `CloudWatch Logs`. */
  readonly service: string;
  /** API actions in errors. @default - those of the type's name, for instance `CreateSubnet` */
  readonly actions?: Partial<Record<'create' | 'update' | 'delete', string>>;
  /** It has no region. */
  readonly global?: true;
  /** Checks a request and makes the object; what the request leaves open is null in it. */
  create(cloud: Cloud, request: Attributes): Created;
  /** Checks a change in place and may answer other attributes than were asked for. */
  update?(cloud: Cloud, before: CloudObject, request: Attributes): Attributes;
  /** Checks that nothing depends on the object, and undoes what its creation did to others. */
  remove?(cloud: Cloud, object: CloudObject): void;
  /** It stays in the cloud when Terraform destroys the resource. */
  readonly kept?: (object: CloudObject) => boolean;
  /** Attributes that follow from other objects; they are seen by every read and stored nowhere. */
  derive?(cloud: Cloud, object: CloudObject): Attributes;
  /** The object's id for the text given to `terraform import`. @default - the text itself */
  imported?(cloud: Cloud, id: string): string | undefined;
}
