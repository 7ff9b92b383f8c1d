import type { ConfigurationOf } from '../configuration/caller-configuration';
import type { Configuration } from '../configuration/configuration';
import { type Diagnostic, error, pathMessage } from '../protocol/diagnostics';
import type { Call } from '../protocol/messages';
import { encodeMetadata } from '../protocol/schema-message';
import { encodeValue } from '../protocol/values';
import { decodeMessage, encodeMessage, type Message } from '../protocol/wire';
import type { SchemaTable } from '../schemas/provider-files';
import { Creation } from '../store/creation';
import { changeResource } from './change-resource';
import { FaultInjector } from './fault-injector';
import type { Faults } from './faults';
import { completed } from './normalize';
import { planChange } from './plan';
import { recordedImport } from './recorded-import';
import { planRefusals } from './refusals/plan-refusals';
import { bytesOf, diagnostics, nameOf, objectIn } from './request';
import type { ResourceType } from './resource-type';
import { laterRefusals, notSimulated, plannedTwinWarnings, twinWarnings } from './sandbox-words';
import { SchemaCalls } from './schema-calls';
import {
  isSession,
  type Operation,
  type Session,
  type SimulatedProvider,
  Unfinished,
} from './simulated-provider';

type Answer = Message | Buffer;

/** Answers the calls of the plugin protocol for one simulated provider. */
export class ProviderService {
  /** Each connection is one provider configuration: aliases of a provider share the server. */
  private readonly sessions = new WeakMap<object, Session>();
  private readonly configurations = new WeakMap<object, ConfigurationOf>();
  private readonly injector: FaultInjector;
  private readonly schemaCalls: SchemaCalls;

  /** @param crash ends the process at once, for the fault `crash` */
  constructor(
    private readonly provider: SimulatedProvider,
    faults: Faults,
    crash: () => never,
  ) {
    this.injector = new FaultInjector(faults, crash, provider);
    this.schemaCalls = new SchemaCalls(provider);
  }

  /**
   * Answers one call.
   *
   * @param connection identifies the connection that the call came on
   * @param configuration what Terraform works on at the other end of the connection. @default - it is not known
   * @throws {@link StreamReset} when a fault demands that the call gets no answer
   */
  async answer(
    call: Call,
    connection: object,
    bytes: Uint8Array,
    configuration: ConfigurationOf = () => undefined,
  ): Promise<Buffer> {
    this.configurations.set(connection, configuration);
    const answer = await this.dispatch(call, connection, decodeMessage(`${call}.Request`, bytes));
    return Buffer.isBuffer(answer) ? answer : encodeMessage(`${call}.Response`, answer);
  }

  private async dispatch(call: Call, connection: object, request: Message): Promise<Answer> {
    switch (call) {
      case 'GetMetadata':
        return encodeMetadata(this.provider.files.schema);
      case 'GetProviderSchema':
        return this.schemaCalls.schemasFor(this.configuration(connection));
      case 'GetFunctions':
        return { functions: this.provider.functions };
      case 'CallFunction':
        return this.provider.call(nameOf(request, 'name'), request.arguments);
      case 'StopProvider':
        return {};
      case 'ValidateProviderConfig':
        return this.schemaCalls.validateProvider(this.configuration(connection));
      case 'ConfigureProvider':
        return this.configure(connection, request);
      case 'ValidateResourceConfig':
        return this.schemaCalls.validate(this.configuration(connection), 'resource_schemas', request);
      case 'ValidateDataResourceConfig':
        return this.schemaCalls.validate(this.configuration(connection), 'data_source_schemas', request);
      case 'UpgradeResourceState':
        return this.schemaCalls.upgrade(this.configuration(connection), request);
      case 'MoveResourceState':
        return diagnostics(
          error(
            'Move Resource State Not Supported',
            `${nameOf(request, 'target_type_name')} cannot take over another type's state.`,
          ),
        );
      case 'PlanResourceChange':
        return this.plan(connection, request);
      case 'ApplyResourceChange':
        return this.apply(connection, request);
      case 'ReadResource':
        return this.read(connection, request);
      case 'ImportResourceState':
        return this.import(connection, request);
      case 'ReadDataSource':
        return this.readData(connection, request);
      case 'ValidateEphemeralResourceConfig':
        return this.schemaCalls.validate(
          this.configuration(connection),
          'ephemeral_resource_schemas',
          request,
        );
      case 'OpenEphemeralResource':
        return this.openEphemeral(connection, request);
      case 'CloseEphemeralResource':
        return diagnostics();
    }
  }

  private configure(connection: object, request: Message): Message {
    const session = this.provider.configure(objectIn(request.config) ?? {});
    if (!isSession(session)) return diagnostics(session);
    this.sessions.set(connection, session);
    return diagnostics();
  }

  private configuration(connection: object): Configuration | undefined {
    return this.configurations.get(connection)?.();
  }

  /** The session of a connection and the type that a request is about, or the diagnostics to answer with. */
  private target(
    connection: object,
    table: SchemaTable,
    request: Message,
  ): { session: Session; type: ResourceType } | { refusals: readonly Diagnostic[] } {
    const { files } = this.provider;
    const session = this.sessions.get(connection);
    const type = this.schemaCalls.type(this.configuration(connection), table, request);
    if (!type?.isSimulated) return { refusals: [notSimulated(files, table, nameOf(request))] };
    if (session === undefined) return { refusals: [error('The provider is not configured.')] };
    const refusals = laterRefusals(files, type, objectIn(request.config) ?? {});
    return refusals.length > 0 ? { refusals } : { session, type };
  }

  /** The provider's diagnostic for a refusal. @throws the failure itself, if it is a defect of the sandbox */
  private diagnosticFor(
    type: string,
    operation: Operation | 'read',
    id: string,
    failure: unknown,
  ): Diagnostic {
    const diagnostic = this.provider.diagnosticFor(type, operation, id, failure);
    if (diagnostic === undefined) throw failure;
    return diagnostic;
  }

  private async plan(connection: object, request: Message): Promise<Message> {
    const target = this.target(connection, 'resource_schemas', request);
    if ('refusals' in target) return diagnostics(...target.refusals);
    const { type, session } = target;
    const injected = await this.injector.inject(type.name, 'plan', '');
    if (injected.diagnostic !== undefined) return diagnostics(injected.diagnostic);
    const prior = objectIn(request.prior_state);
    const proposed = objectIn(request.proposed_new_state);
    const plan = planChange(
      type,
      { prior, proposed, config: objectIn(request.config) },
      session.tags,
      this.provider.values,
    );
    await injected.finish();
    const refused = planRefusals(
      type.refusedPlans ?? [],
      objectIn(request.config) ?? {},
      plan.planned ?? {},
      prior === null,
    ).map((message) => error(message));
    if (refused.length > 0) return diagnostics(...refused);
    const warnings = prior === null ? plannedTwinWarnings(session, type, plan.planned) : [];
    return {
      ...diagnostics(...warnings),
      planned_state: encodeValue(plan.planned),
      requires_replace: plan.replaces.map(pathMessage),
      planned_private: bytesOf(request, 'prior_private'),
      legacy_type_system: type.behaviour.legacy ?? false,
    };
  }

  private async apply(connection: object, request: Message): Promise<Message> {
    const prior = objectIn(request.prior_state);
    const planned = objectIn(request.planned_state);
    const unchanged = { new_state: encodeValue(prior), private: bytesOf(request, 'planned_private') };
    const target = this.target(connection, 'resource_schemas', request);
    if ('refusals' in target) return { ...unchanged, ...diagnostics(...target.refusals) };
    const { type, session } = target;
    const legacy_type_system = type.behaviour.legacy ?? false;
    const operation: Operation = planned === null ? 'delete' : prior === null ? 'create' : 'update';
    const id = typeof prior?.id === 'string' ? prior.id : '';
    const injected = await this.injector.inject(type.name, operation, id);
    if (injected.diagnostic !== undefined)
      return { ...unchanged, legacy_type_system, ...diagnostics(injected.diagnostic) };
    const creation = new Creation(type.name);
    const change = () => changeResource(session, type, { prior, planned, config: objectIn(request.config) });
    try {
      const state = await (operation === 'create' ? creation.run(change) : change());
      await injected.finish();
      const made = operation === 'create' ? twinWarnings(session, type, state) : [];
      const further = injected.afterwards === undefined ? made : [...made, injected.afterwards];
      const isForgotten = injected.afterwards !== undefined && this.provider.keepsUnfinished === false;
      const new_state = encodeValue(isForgotten ? prior : state);
      if (!isForgotten) creation.answered(state?.id);
      return { ...unchanged, new_state, legacy_type_system, ...diagnostics(...further) };
    } catch (failure) {
      const isPartial = failure instanceof Unfinished;
      if (isPartial) creation.answered(failure.state.id);
      const refusal = this.diagnosticFor(type.name, operation, id, isPartial ? failure.reason : failure);
      const partial = isPartial ? { new_state: encodeValue(failure.state) } : {};
      return { ...unchanged, ...partial, legacy_type_system, ...diagnostics(refusal) };
    }
  }

  private async read(connection: object, request: Message): Promise<Message> {
    const current = objectIn(request.current_state);
    const unchanged = { new_state: encodeValue(current), private: bytesOf(request, 'private') };
    const target = this.target(connection, 'resource_schemas', request);
    if ('refusals' in target) return { ...unchanged, ...diagnostics(...target.refusals) };
    const { type, session } = target;
    const injected = await this.injector.inject(type.name, 'read', '');
    if (injected.diagnostic !== undefined) return { ...unchanged, ...diagnostics(injected.diagnostic) };
    try {
      const state = current && session.read(type, current);
      await injected.finish();
      return { ...unchanged, new_state: encodeValue(state) };
    } catch (failure) {
      return { ...unchanged, ...diagnostics(this.diagnosticFor(type.name, 'read', '', failure)) };
    }
  }

  private import(connection: object, request: Message): Message {
    const target = this.target(connection, 'resource_schemas', request);
    if ('refusals' in target) return diagnostics(...target.refusals);
    const { type, session } = target;
    const id = nameOf(request, 'id');
    const { refusal, attributes } = recordedImport(type.imports);
    if (refusal !== undefined) return diagnostics(error(refusal));
    try {
      // Where there is no such object, Terraform reads it, finds none, and reports that itself.
      const imported = completed(type.schema.block, { ...attributes, ...session.import(type, id) });
      return { imported_resources: [{ type_name: type.name, state: encodeValue(imported) }] };
    } catch (failure) {
      return diagnostics(this.diagnosticFor(type.name, 'read', id, failure));
    }
  }

  private async readData(connection: object, request: Message): Promise<Message> {
    const target = this.target(connection, 'data_source_schemas', request);
    if ('refusals' in target) return diagnostics(...target.refusals);
    const { type, session } = target;
    const injected = await this.injector.inject(type.name, 'read', '');
    if (injected.diagnostic !== undefined) return diagnostics(injected.diagnostic);
    try {
      const state = session.readData(type, objectIn(request.config) ?? {});
      await injected.finish();
      return { state: encodeValue(state) };
    } catch (failure) {
      return diagnostics(this.diagnosticFor(type.name, 'read', '', failure));
    }
  }

  private openEphemeral(connection: object, request: Message): Message {
    const target = this.target(connection, 'ephemeral_resource_schemas', request);
    if ('refusals' in target) return diagnostics(...target.refusals);
    const { type, session } = target;
    try {
      return { result: encodeValue(session.openEphemeral(type, objectIn(request.config) ?? {})) };
    } catch (failure) {
      return diagnostics(this.diagnosticFor(type.name, 'read', '', failure));
    }
  }
}
