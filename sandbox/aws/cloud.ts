import { unordered } from '../protocol/values';
import type { Attributes } from '../provider/attributes';
import { hex } from '../provider/derived';
import type { ObjectLog } from '../store/objects';
import type { SandboxObject } from '../store/sandbox-object';
import { AwsError } from './aws-error';
import { partitionOf } from './regions';

/** The region under which IAM's objects are stored, since IAM has no regions. */
export const GLOBAL = 'aws-global';

/** An object of the simulated cloud. It has the attributes of a Terraform state, except those that follow from other objects. */
export interface CloudObject extends SandboxObject {
  readonly attributes: Attributes;
}

/** The simulated cloud as one account sees it through the endpoint of one region. */
export class Cloud {
  constructor(
    private readonly log: ObjectLog,
    readonly region: string,
    readonly account: string,
  ) {}

  find(type: string, id: string): CloudObject | undefined {
    return this.log.get(type, this.region, id) as CloudObject | undefined;
  }

  /** The objects of some types in this region, oldest first. */
  all(...types: readonly string[]): readonly CloudObject[] {
    return this.everywhere(...types).filter((object) => object.region === this.region);
  }

  /** The objects of some types in all regions, oldest first. */
  everywhere(...types: readonly string[]): readonly CloudObject[] {
    return this.log.ofTypes(types) as readonly CloudObject[];
  }

  /** The objects of this region that were deleted since a time, in milliseconds since 1970. */
  deletedSince(time: number): readonly CloudObject[] {
    const deleted = this.log.deletedSince(time) as readonly CloudObject[];
    return deleted.filter((object) => object.region === this.region);
  }

  /** Finds an object that a request refers to. @throws {@link AwsError} with the code and message if it does not exist */
  require(types: readonly string[], id: string, code: string, message: string): CloudObject {
    for (const type of types) {
      const found = this.find(type, id);
      if (found !== undefined) return found;
    }
    const elsewhere = this.everywhere(...types).find((object) => object.id === id);
    const hint = elsewhere && `It is in ${elsewhere.region}; this provider is configured for ${this.region}.`;
    throw new AwsError(code, message, hint);
  }

  put(type: string, id: string, attributes: Attributes): CloudObject {
    const object = { type, id, region: this.region, attributes };
    this.log.put(object);
    return object;
  }

  remove(type: string, id: string): void {
    this.log.delete(type, this.region, id);
  }

  /** A new id such as `vpc-0a1b…`. It is derived from the attributes, and is never given to a second object. */
  newId(prefix: string, attributes: Attributes): string {
    return this.unused(prefix, attributes, (digits) => `${prefix}-${digits.slice(0, 17)}`);
  }

  /** A new ARN that ends in a UUID, which is an object's id in services without short ids. */
  newArn(service: string, kind: string, attributes: Attributes): string {
    return this.unused(kind, attributes, (digits) => {
      const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
      return this.arn(service, `${kind}/${uuid}`);
    });
  }

  private unused(kind: string, attributes: Attributes, idOf: (digits: string) => string): string {
    const configuration = unordered(attributes);
    for (let count = 0; ; count++) {
      const id = idOf(hex(32, kind, this.region, this.account, configuration, String(count)));
      if (!this.log.isUsed(id)) return id;
    }
  }

  arn(service: string, resource: string): string {
    const region = this.region === GLOBAL ? '' : this.region;
    return `arn:${partitionOf(this.region).partition}:${service}:${region}:${this.account}:${resource}`;
  }
}
