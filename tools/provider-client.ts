import type { Call } from '../sandbox/protocol/messages';
import {
  type DynamicValue,
  decodeValue,
  encodeValue,
  isObject,
  type ObjectValue,
} from '../sandbox/protocol/values';
import { callPath, decodeMessage, encodeMessage, type Message } from '../sandbox/protocol/wire';
import { GrpcClient } from '../terraform/plugin/client';
import { type AttachedProvider, attachedProviders } from '../terraform/plugin/reattach';

export interface ReceivedDiagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  /** The attribute's path, its steps joined by dots; empty if the diagnostic names no attribute. */
  readonly attribute: string;
}

/** Severities by their numbers in the protocol. */
const SEVERITIES = ['', 'error', 'warning'];

export interface PlanAnswer {
  readonly planned: ObjectValue | null;
  /** Paths of the attributes that replace the object, without list positions. */
  readonly replaces: readonly string[];
  readonly legacy: boolean;
  readonly diagnostics: readonly ReceivedDiagnostic[];
}

interface StateAnswer {
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly ReceivedDiagnostic[];
}

interface Step {
  readonly attribute_name?: string;
  readonly element_key_int?: number;
}

function steps(path: unknown): readonly Step[] {
  return ((path as { steps?: readonly Step[] } | undefined)?.steps ?? []) as readonly Step[];
}

function diagnosticsIn(answer: Message): readonly ReceivedDiagnostic[] {
  return ((answer.diagnostics ?? []) as readonly Message[]).map((diagnostic) => ({
    severity: SEVERITIES[Number(diagnostic.severity ?? 0)] ?? '',
    summary: String(diagnostic.summary ?? ''),
    detail: String(diagnostic.detail ?? ''),
    attribute: steps(diagnostic.attribute)
      .map((step) => step.attribute_name ?? step.element_key_int)
      .join('.'),
  }));
}

function objectIn(message: unknown): ObjectValue | null {
  const value = decodeValue(message as DynamicValue | undefined);
  return isObject(value) ? value : null;
}

/** Asks a running provider, as Terraform does: one client is one connection, and so one provider configuration. */
export class ProviderClient {
  private readonly client: GrpcClient;

  constructor(private readonly provider: AttachedProvider) {
    this.client = new GrpcClient(provider.listen);
  }

  /**
   * Connects to a provider that TF_REATTACH_PROVIDERS attaches.
   *
   * @param source the provider's source address. @default - the first that is attached
   */
  static attached(
    { environment }: { readonly environment: Readonly<Record<string, string>> },
    source?: string,
  ): ProviderClient {
    const providers = attachedProviders(environment.TF_REATTACH_PROVIDERS ?? '{}');
    const provider = source === undefined ? Object.values(providers)[0] : providers[source];
    if (provider === undefined)
      throw new Error(`TF_REATTACH_PROVIDERS: must attach ${source ?? 'a provider'}`);
    return new ProviderClient(provider);
  }

  async call(call: Call, request: Message): Promise<Message> {
    const path = callPath(call, this.provider.protocolVersion);
    const answer = await this.client.unary(path, encodeMessage(`${call}.Request`, request));
    return decodeMessage(`${call}.Response`, answer);
  }

  async configure(config: ObjectValue): Promise<readonly ReceivedDiagnostic[]> {
    return diagnosticsIn(await this.call('ConfigureProvider', { config: encodeValue(config) }));
  }

  /** @param writeOnly whether the caller knows write-only attributes, as Terraform does from 1.11 on. @default false */
  async validate(
    type: string,
    config: ObjectValue,
    writeOnly = false,
  ): Promise<readonly ReceivedDiagnostic[]> {
    return diagnosticsIn(
      await this.call('ValidateResourceConfig', {
        type_name: type,
        config: encodeValue(config),
        ...(writeOnly ? { client_capabilities: { write_only_attributes_allowed: true } } : {}),
      }),
    );
  }

  async plan(
    type: string,
    prior: ObjectValue | null,
    proposed: ObjectValue | null,
    config: ObjectValue | null,
  ): Promise<PlanAnswer> {
    const answer = await this.call('PlanResourceChange', {
      type_name: type,
      prior_state: encodeValue(prior),
      proposed_new_state: encodeValue(proposed),
      config: encodeValue(config),
    });
    const replaces = ((answer.requires_replace ?? []) as readonly unknown[]).map((path) =>
      steps(path)
        .flatMap((step) => step.attribute_name ?? [])
        .join('.'),
    );
    return {
      planned: objectIn(answer.planned_state),
      replaces,
      legacy: answer.legacy_type_system === true,
      diagnostics: diagnosticsIn(answer),
    };
  }

  async apply(
    type: string,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
    config: ObjectValue | null,
  ): Promise<StateAnswer> {
    const answer = await this.call('ApplyResourceChange', {
      type_name: type,
      prior_state: encodeValue(prior),
      planned_state: encodeValue(planned),
      config: encodeValue(config),
    });
    return { state: objectIn(answer.new_state), diagnostics: diagnosticsIn(answer) };
  }

  async read(type: string, state: ObjectValue): Promise<StateAnswer> {
    const answer = await this.call('ReadResource', { type_name: type, current_state: encodeValue(state) });
    return { state: objectIn(answer.new_state), diagnostics: diagnosticsIn(answer) };
  }

  /** Imports an object. Its state has little more than the id before it is read. */
  async import(type: string, id: string): Promise<StateAnswer> {
    const answer = await this.call('ImportResourceState', { type_name: type, id });
    const [imported] = (answer.imported_resources ?? []) as readonly Message[];
    return { state: objectIn(imported?.state), diagnostics: diagnosticsIn(answer) };
  }

  async readData(type: string, config: ObjectValue): Promise<StateAnswer> {
    const answer = await this.call('ReadDataSource', { type_name: type, config: encodeValue(config) });
    return { state: objectIn(answer.state), diagnostics: diagnosticsIn(answer) };
  }

  close(): void {
    this.client.close();
  }
}
