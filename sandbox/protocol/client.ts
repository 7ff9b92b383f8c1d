import { Client, credentials } from '@grpc/grpc-js';
import type { SandboxServer } from '../server';
import type { Call } from './messages';
import { type DynamicValue, decodeValue, encodeValue, isObject, type ObjectValue } from './values';
import { callPath, decodeMessage, encodeMessage, type Message } from './wire';

export interface Complaint {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  /** The attribute's path, its steps joined by dots; empty where the complaint names none. */
  readonly attribute: string;
}

/** The protocol's numbers. */
const SEVERITIES = ['', 'error', 'warning'];

interface PlanAnswer {
  readonly planned: ObjectValue | null;
  /** Paths with list positions left out. */
  readonly replaces: readonly string[];
  readonly legacy: boolean;
  readonly complaints: readonly Complaint[];
}

interface StateAnswer {
  readonly state: ObjectValue | null;
  readonly complaints: readonly Complaint[];
}

interface Step {
  readonly attribute_name?: string;
  readonly element_key_int?: number;
}

function steps(path: unknown): readonly Step[] {
  return ((path as { steps?: readonly Step[] } | undefined)?.steps ?? []) as readonly Step[];
}

function complaintsIn(answer: Message): readonly Complaint[] {
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

/** Asks a provider that is attached, as Terraform does: one client is one provider configuration. */
export class ProviderClient {
  private readonly client: Client;
  private readonly version: 5 | 6;

  /** @param server whatever TF_REATTACH_PROVIDERS attaches, also a real provider that speaks version 5. @param name its address among them. @default - the first */
  constructor(server: Pick<SandboxServer, 'environment'>, name?: string) {
    const attached = JSON.parse(server.environment.TF_REATTACH_PROVIDERS ?? '{}') as Record<
      string,
      { ProtocolVersion: number; Addr: { Network: string; String: string } }
    >;
    const provider = name === undefined ? Object.values(attached)[0] : attached[name];
    const address = provider?.Addr.String ?? '';
    this.version = provider?.ProtocolVersion === 5 ? 5 : 6;
    this.client = new Client(
      provider?.Addr.Network === 'unix' ? `unix:${address}` : address,
      credentials.createInsecure(),
      { 'grpc.use_local_subchannel_pool': 1 },
    );
  }

  call(call: Call, request: Message): Promise<Message> {
    const bytes = (value: Buffer) => value;
    return new Promise((resolve, reject) => {
      const message = encodeMessage(`${call}.Request`, request);
      this.client.makeUnaryRequest(callPath(call, this.version), bytes, bytes, message, (failure, answer) => {
        if (failure === null && answer !== undefined) resolve(decodeMessage(`${call}.Response`, answer));
        else reject(failure ?? new Error(`${call}: no answer`));
      });
    });
  }

  async configure(config: ObjectValue): Promise<readonly Complaint[]> {
    return complaintsIn(await this.call('ConfigureProvider', { config: encodeValue(config) }));
  }

  async validate(type: string, config: ObjectValue): Promise<readonly Complaint[]> {
    return complaintsIn(
      await this.call('ValidateResourceConfig', { type_name: type, config: encodeValue(config) }),
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
      complaints: complaintsIn(answer),
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
    return { state: objectIn(answer.new_state), complaints: complaintsIn(answer) };
  }

  async read(type: string, state: ObjectValue): Promise<StateAnswer> {
    const answer = await this.call('ReadResource', { type_name: type, current_state: encodeValue(state) });
    return { state: objectIn(answer.new_state), complaints: complaintsIn(answer) };
  }

  async readData(type: string, config: ObjectValue): Promise<StateAnswer> {
    const answer = await this.call('ReadDataSource', { type_name: type, config: encodeValue(config) });
    return { state: objectIn(answer.state), complaints: complaintsIn(answer) };
  }

  close(): void {
    this.client.close();
  }
}
