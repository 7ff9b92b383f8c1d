import { AwsError } from '../cloud/aws-error';
import { LookupError } from '../cloud/lookups';
import type { Faults } from '../faults';
import type { ObjectLog } from '../objects';
import { type Diagnostic, diagnosticMessage, error, pathMessage } from '../protocol/diagnostics';
import type { Call } from '../protocol/messages';
import { encodeMetadata, encodeProviderSchema } from '../protocol/schema-message';
import { type DynamicValue, decodeValue, encodeValue, isObject, type ObjectValue } from '../protocol/values';
import { decodeMessage, encodeMessage, type Message } from '../protocol/wire';
import { awsSchema } from '../schemas/files';
import { type Connection, connect, isConnection } from './connection';
import { readDataSource } from './data-sources';
import { FaultInjector } from './fault-injector';
import { callFunction, FUNCTIONS } from './functions';
import { completed } from './normalize';
import { planChange } from './plan';
import { dataType, managedType, type ResourceType } from './resource-type';
import { apiError, type Operation, Resources } from './resources';
import { validateConfig } from './validate';

type Answer = Message | Buffer;

function objectIn(message: unknown): ObjectValue | null {
  const value = decodeValue(message as DynamicValue | undefined);
  return isObject(value) ? value : null;
}

function nameOf(message: Message, field = 'type_name'): string {
  const name = message[field];
  return typeof name === 'string' ? name : '';
}

function bytesOf(message: Message, field: string): Uint8Array {
  const bytes = message[field];
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
}

function diagnostics(...list: readonly Diagnostic[]): { diagnostics: readonly Message[] } {
  return { diagnostics: list.map(diagnosticMessage) };
}

/** Answers the calls of the plugin protocol for the simulated AWS provider. */
export class ProviderService {
  private readonly connections = new Map<string, Connection>();
  private readonly injector: FaultInjector;
  private readonly schemaAnswer = encodeProviderSchema(awsSchema(), FUNCTIONS);

  /** @param crash ends the process at once, for the fault of that name */
  constructor(
    private readonly log: ObjectLog,
    faults: Faults,
    crash: () => never,
  ) {
    this.injector = new FaultInjector(faults, crash);
  }

  /**
   * Answers one call.
   *
   * @param peer the caller's address: aliases of a provider share the server, but each has its own connection
   * @throws {@link DroppedStream} when a fault wants no answer
   */
  async answer(call: Call, peer: string, bytes: Uint8Array): Promise<Buffer> {
    const answer = await this.dispatch(call, peer, decodeMessage(`${call}.Request`, bytes));
    return Buffer.isBuffer(answer) ? answer : encodeMessage(`${call}.Response`, answer);
  }

  private async dispatch(call: Call, peer: string, request: Message): Promise<Answer> {
    switch (call) {
      case 'GetMetadata':
        return encodeMetadata(awsSchema());
      case 'GetProviderSchema':
        return this.schemaAnswer;
      case 'GetFunctions':
        return { functions: FUNCTIONS };
      case 'CallFunction':
        return callFunction(nameOf(request, 'name'), (request.arguments ?? []) as readonly DynamicValue[]);
      case 'StopProvider':
        return {};
      case 'ValidateProviderConfig':
        return diagnostics();
      case 'ConfigureProvider':
        return this.configure(peer, request);
      case 'ValidateResourceConfig':
        return this.validate(managedType(nameOf(request)), request);
      case 'ValidateDataResourceConfig':
        return this.validate(dataType(nameOf(request)), request);
      case 'UpgradeResourceState':
        return this.upgrade(request);
      case 'MoveResourceState':
        return diagnostics(
          error(
            'Move Resource State Not Supported',
            `${nameOf(request, 'target_type_name')} cannot take over another type's state.`,
          ),
        );
      case 'PlanResourceChange':
        return this.plan(peer, request);
      case 'ApplyResourceChange':
        return this.apply(peer, request);
      case 'ReadResource':
        return this.read(peer, request);
      case 'ImportResourceState':
        return this.import(peer, request);
      case 'ReadDataSource':
        return this.readData(peer, request);
    }
  }

  private configure(peer: string, request: Message): Message {
    const connection = connect(objectIn(request.config) ?? {});
    if (!isConnection(connection)) return diagnostics(connection);
    this.connections.set(peer, connection);
    return diagnostics();
  }

  /** The connection of a caller and the type it asks about, or the error to answer with. */
  private target(
    peer: string,
    type: ResourceType | undefined,
    name: string,
  ): { connection: Connection; type: ResourceType } | Diagnostic {
    const connection = this.connections.get(peer);
    if (type === undefined) return notSimulated(name);
    return connection === undefined ? error('The provider is not configured.') : { connection, type };
  }

  private validate(type: ResourceType | undefined, request: Message): Message {
    const config = objectIn(request.config) ?? {};
    return type === undefined
      ? diagnostics(notSimulated(nameOf(request)))
      : diagnostics(...validateConfig(type, config));
  }

  /** A state as it was saved, which is JSON, in the shape of the schema: attributes that are gone are left out. */
  private upgrade(request: Message): Message {
    const type = managedType(nameOf(request));
    if (type === undefined) return diagnostics(notSimulated(nameOf(request)));
    const saved = objectIn(request.raw_state);
    return { upgraded_state: encodeValue(saved === null ? null : completed(type.schema.block, saved)) };
  }

  private async plan(peer: string, request: Message): Promise<Message> {
    const target = this.target(peer, managedType(nameOf(request)), nameOf(request));
    if (!('connection' in target)) return diagnostics(target);
    const { type, connection } = target;
    const injected = await this.injector.inject(type.name, 'plan', '');
    if (injected.diagnostic !== undefined) return diagnostics(injected.diagnostic);
    const prior = objectIn(request.prior_state);
    const proposed = objectIn(request.proposed_new_state);
    const plan = planChange(type, { prior, proposed, config: objectIn(request.config) }, connection);
    injected.finish();
    return {
      planned_state: encodeValue(plan.planned),
      requires_replace: plan.replaces.map(pathMessage),
      planned_private: bytesOf(request, 'prior_private'),
      legacy_type_system: type.behaviour.legacy ?? false,
    };
  }

  private async apply(peer: string, request: Message): Promise<Message> {
    const prior = objectIn(request.prior_state);
    const planned = objectIn(request.planned_state);
    const unchanged = { new_state: encodeValue(prior), private: bytesOf(request, 'planned_private') };
    const target = this.target(peer, managedType(nameOf(request)), nameOf(request));
    if (!('connection' in target)) return { ...unchanged, ...diagnostics(target) };
    const { type, connection } = target;
    const legacy_type_system = type.behaviour.legacy ?? false;
    const operation: Operation = planned === null ? 'delete' : prior === null ? 'create' : 'update';
    const id = typeof prior?.id === 'string' ? prior.id : '';
    const injected = await this.injector.inject(type.name, operation, id);
    if (injected.diagnostic !== undefined)
      return { ...unchanged, legacy_type_system, ...diagnostics(injected.diagnostic) };
    try {
      const resources = new Resources(this.log, connection);
      const state = changeResource(resources, type, { prior, planned, config: objectIn(request.config) });
      injected.finish();
      return { ...unchanged, new_state: encodeValue(state), legacy_type_system };
    } catch (failure) {
      if (!(failure instanceof AwsError)) throw failure;
      const refusal = apiError(type.name, operation, id, failure);
      return { ...unchanged, legacy_type_system, ...diagnostics(refusal) };
    }
  }

  private async read(peer: string, request: Message): Promise<Message> {
    const current = objectIn(request.current_state);
    const target = this.target(peer, managedType(nameOf(request)), nameOf(request));
    if (!('connection' in target)) return { new_state: encodeValue(current), ...diagnostics(target) };
    const injected = await this.injector.inject(target.type.name, 'read', '');
    if (injected.diagnostic !== undefined)
      return { new_state: encodeValue(current), ...diagnostics(injected.diagnostic) };
    const state = current && new Resources(this.log, target.connection).read(target.type, current);
    injected.finish();
    return { new_state: encodeValue(state), private: bytesOf(request, 'private') };
  }

  private import(peer: string, request: Message): Message {
    const target = this.target(peer, managedType(nameOf(request)), nameOf(request));
    if (!('connection' in target)) return diagnostics(target);
    const { type, connection } = target;
    const state = new Resources(this.log, connection).import(type, nameOf(request, 'id'));
    // An id alone makes Terraform read it, find nothing, and say so in its own words.
    const imported = state ?? completed(type.schema.block, { id: nameOf(request, 'id') });
    return { imported_resources: [{ type_name: type.name, state: encodeValue(imported) }] };
  }

  private async readData(peer: string, request: Message): Promise<Message> {
    const target = this.target(peer, dataType(nameOf(request)), nameOf(request));
    if (!('connection' in target)) return diagnostics(target);
    const { type, connection } = target;
    const injected = await this.injector.inject(type.name, 'read', '');
    if (injected.diagnostic !== undefined) return diagnostics(injected.diagnostic);
    try {
      const state = readDataSource(type, objectIn(request.config) ?? {}, connection, this.log);
      injected.finish();
      return { state: encodeValue(state) };
    } catch (failure) {
      if (failure instanceof LookupError) return diagnostics(error(failure.message));
      throw failure;
    }
  }
}

function notSimulated(name: string): Diagnostic {
  return error(
    `The sandbox does not simulate ${name}.`,
    'It simulates the types in sandbox/schemas/types.ts of this project.',
  );
}

function changeResource(
  resources: Resources,
  type: ResourceType,
  change: { prior: ObjectValue | null; planned: ObjectValue | null; config: ObjectValue | null },
): ObjectValue | null {
  const { prior, planned } = change;
  if (planned !== null && prior === null) return resources.create(type, planned);
  if (planned !== null && prior !== null)
    return resources.update(type, prior, planned, change.config ?? planned);
  if (prior !== null) resources.delete(type, prior);
  return null;
}
