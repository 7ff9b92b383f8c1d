import type { Diagnostic } from '../protocol/diagnostics';
import type { ObjectValue } from '../protocol/values';
import type { Message } from '../protocol/wire';
import type { ProviderFiles } from '../schemas/provider-files';
import type { ResourceType } from './resource-type';
import type { TagSettings } from './tags';
import type { ValueRules } from './value-rules';

export type Operation = 'create' | 'update' | 'delete';

/** A call that is not the first one of an operation, in the words of the provider. */
export interface Step {
  /** `attaching EC2 Internet Gateway (igw-1) to VPC (vpc-1)`. */
  readonly subject: string;
  /** The API's action; undefined if the provider waits for the object, and finds that it failed. */
  readonly action?: string;
}

/** The object was made, but the operation did not come to its end: Terraform gets the state, and has the resource as tainted. */
export class Unfinished extends Error {
  constructor(
    readonly state: ObjectValue,
    readonly reason: unknown,
  ) {
    super('the object was made, but not finished');
  }
}

/** An error of the API behind a provider. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** What the sandbox adds to the API's message. */
  readonly hint?: string;
  /** Whether the provider gave up after its last retry. */
  readonly retried?: boolean;
  readonly step?: Step;
}

/** A change of a resource that Terraform requests. */
export interface Change {
  readonly prior: ObjectValue;
  readonly planned: ObjectValue;
  readonly config: ObjectValue;
}

/** A configured provider. Its methods throw errors of the API. */
export interface Session {
  /** The provider's settings about tags. */
  readonly tags: TagSettings;
  create(type: ResourceType, change: Omit<Change, 'prior'>): ObjectValue | Promise<ObjectValue>;
  update(type: ResourceType, change: Change): ObjectValue | Promise<ObjectValue>;
  delete(type: ResourceType, prior: ObjectValue): void | Promise<void>;
  /** The current state, or null if the object no longer exists. */
  read(type: ResourceType, prior: ObjectValue): ObjectValue | null;
  /** The attributes that the provider sets for an id given to `terraform import`; a read completes them. */
  import(type: ResourceType, id: string): ObjectValue;
  readData(type: ResourceType, config: ObjectValue): ObjectValue;
  /** @throws for every type, if the provider has no ephemeral resources */
  openEphemeral(type: ResourceType, config: ObjectValue): ObjectValue;
  /**
   * An object that looks like the one that is planned or was made, and that nothing in this session has made or read: what an apply
   * that was killed leaves. @param made the id of the object that was made; undefined while it is planned
   */
  twin?(type: ResourceType, planned: ObjectValue, made?: string): Twin | undefined;
}

export interface Twin {
  readonly id: string;
  /** What both have in common, for a sentence: `cidr_block 10.0.0.0/16 and the same tags`. */
  readonly common: string;
}

/** A provider that the sandbox simulates. Planning and validation follow from its files and value rules. */
export interface SimulatedProvider {
  readonly files: ProviderFiles;
  readonly values: ValueRules;
  /** Whether an object whose creation fails after the first call is in the state, and tainted. @default true */
  readonly keepsUnfinished?: boolean;
  /** The definitions of its functions, as messages of the plugin protocol. */
  readonly functions: Message;
  call(name: string, args: Message['arguments']): Message;
  configure(config: ObjectValue): Session | Diagnostic;
  /** The provider's diagnostic for something that a session has thrown; undefined if it is a defect of the sandbox. */
  diagnosticFor(
    type: string,
    operation: Operation | 'read',
    id: string,
    failure: unknown,
  ): Diagnostic | undefined;
  /** The provider's diagnostic for an injected error of the API. */
  injected(type: string, operation: Operation, id: string, refusal: Refusal): Diagnostic;
}

export function isSession(value: Session | Diagnostic): value is Session {
  return 'create' in value;
}
