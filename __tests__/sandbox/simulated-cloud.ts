import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AWS_FILES } from '../../sandbox/aws/files';
import type { ObjectValue } from '../../sandbox/protocol/values';
import { completed } from '../../sandbox/provider/normalize';
import { type SandboxServer, startSandbox } from '../../sandbox/server';
import { proposal } from '../../tools/fidelity/samples';
import { type PlanAnswer, ProviderClient, type ReceivedDiagnostic } from '../../tools/provider-client';

/** A refusal, as Terraform would print it. */
class Refused extends Error {
  constructor(readonly diagnostics: readonly ReceivedDiagnostic[]) {
    super(
      diagnostics
        .map(({ summary, detail }) => (detail === '' ? summary : `${summary}: ${detail}`))
        .join('\n'),
    );
  }
}

function accepted(diagnostics: readonly ReceivedDiagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Refused(errors);
}

function block(type: string) {
  return AWS_FILES.schema.resource_schemas[type]?.block ?? {};
}

/** One provider configuration that goes through validate, plan and apply in Terraform's order. */
export class Caller {
  constructor(readonly client: ProviderClient) {}

  async create(type: string, given: ObjectValue): Promise<ObjectValue> {
    const config = completed(block(type), given);
    accepted(await this.client.validate(type, config, true));
    const plan = await this.client.plan(type, null, config, config);
    accepted(plan.diagnostics);
    const { state, diagnostics } = await this.client.apply(type, null, plan.planned, config);
    accepted(diagnostics);
    return state ?? {};
  }

  async update(type: string, prior: ObjectValue, given: ObjectValue): Promise<ObjectValue> {
    const config = completed(block(type), given);
    const plan = await this.client.plan(type, prior, proposal(block(type), prior, config), config);
    const { state, diagnostics } = await this.client.apply(type, prior, plan.planned, config);
    accepted(diagnostics);
    return state ?? {};
  }

  /** What a change of the configuration would do, as far as the provider plans it. */
  plan(type: string, prior: ObjectValue, given: ObjectValue): Promise<PlanAnswer> {
    const config = completed(block(type), given);
    return this.client.plan(type, prior, proposal(block(type), prior, config), config);
  }

  async readData(type: string, given: ObjectValue): Promise<ObjectValue> {
    const config = completed(AWS_FILES.schema.data_source_schemas[type]?.block ?? {}, given);
    const { state, diagnostics } = await this.client.readData(type, config);
    accepted(diagnostics);
    return state ?? {};
  }

  async delete(type: string, prior: ObjectValue): Promise<void> {
    accepted((await this.client.apply(type, prior, null, null)).diagnostics);
  }

  async read(type: string, prior: ObjectValue): Promise<ObjectValue | null> {
    const { state, diagnostics } = await this.client.read(type, prior);
    accepted(diagnostics);
    return state;
  }
}

/** A running sandbox with its objects in a temporary folder. */
export class SimulatedCloud {
  private isClosed = false;

  private constructor(
    readonly folder: string,
    private readonly server: SandboxServer,
    private readonly clients: ProviderClient[] = [],
  ) {}

  static async start(faultsFile = ''): Promise<SimulatedCloud> {
    const folder = mkdtempSync(join(tmpdir(), 'kakehashi-sandbox-'));
    return new SimulatedCloud(
      folder,
      await startSandbox({ objectsFile: join(folder, 'objects.jsonl'), faultsFile }),
    );
  }

  /** Where it listens. */
  get address(): string {
    return (this.server.environment.TF_REATTACH_PROVIDERS ?? '').match(/127\.0\.0\.1:\d+/)?.[0] ?? '';
  }

  client(): ProviderClient {
    const client = ProviderClient.attached(this.server);
    this.clients.push(client);
    return client;
  }

  async caller(config: ObjectValue = { region: 'ap-northeast-1' }): Promise<Caller> {
    const client = this.client();
    accepted(await client.configure(config));
    return new Caller(client);
  }

  /** Stops the server, and leaves its objects. */
  async stopServing(): Promise<void> {
    for (const client of this.clients.splice(0)) client.close();
    if (!this.isClosed) await this.server.close();
    this.isClosed = true;
  }

  async stop(): Promise<void> {
    await this.stopServing();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
