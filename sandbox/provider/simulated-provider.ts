import type { Diagnostic } from '../protocol/diagnostics';
import type { ObjectValue } from '../protocol/values';
import type { Message } from '../protocol/wire';
import type { ProviderFiles } from '../schemas/provider-files';
import type { ResourceType } from './resource-type';
import type { TagSettings } from './tags';
import type { ValueRules } from './value-rules';

export type Operation = 'create' | 'update' | 'delete';

/** A refusal of the API behind a provider. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** What the sandbox knows beyond the API's words. */
  readonly hint?: string;
  /** The provider gave up after its last retry. */
  readonly retried?: boolean;
}

/** One change of a resource, as Terraform asks for it. */
export interface Change {
  readonly prior: ObjectValue;
  readonly planned: ObjectValue;
  readonly config: ObjectValue;
}

/** One configured provider: what is behind it, as its resources and data sources see it. Refusals are thrown. */
export interface Session {
  /** Tags that the configuration gives to every resource. */
  readonly tags: TagSettings;
  create(type: ResourceType, change: Omit<Change, 'prior'>): ObjectValue;
  update(type: ResourceType, change: Change): ObjectValue;
  delete(type: ResourceType, prior: ObjectValue): void;
  /** The state now, or null where the object is gone. */
  read(type: ResourceType, prior: ObjectValue): ObjectValue | null;
  /** The state for an id given to `terraform import`, or null where there is no such object. */
  import(type: ResourceType, id: string): ObjectValue | null;
  readData(type: ResourceType, config: ObjectValue): ObjectValue;
  /** @throws for every type, where the provider has none */
  openEphemeral(type: ResourceType, config: ObjectValue): ObjectValue;
}

/** A provider that the sandbox plays. Planning and validation follow from its files; the rest is its own. */
export interface SimulatedProvider {
  readonly files: ProviderFiles;
  readonly values: ValueRules;
  /** Definitions of its functions, as the protocol wants them. */
  readonly functions: Message;
  call(name: string, args: Message['arguments']): Message;
  configure(config: ObjectValue): Session | Diagnostic;
  /** What is said about something that was thrown; undefined where it is no refusal but a defect. */
  complaint(
    type: string,
    operation: Operation | 'read',
    id: string,
    failure: unknown,
  ): Diagnostic | undefined;
  /** An injected refusal in the provider's words. */
  injected(type: string, operation: Operation, id: string, refusal: Refusal): Diagnostic;
}

export function isSession(value: Session | Diagnostic): value is Session {
  return 'create' in value;
}
