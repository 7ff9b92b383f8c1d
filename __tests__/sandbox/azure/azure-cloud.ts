import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { listObjects } from '../../../sandbox/store/objects';
import { Azure, PROVIDER } from './azure-network';

/** A simulated Azure of one test, in a folder of its own. */
export class AzureCloud {
  private constructor(
    readonly folder: string,
    private current: Azure,
  ) {}

  static async start(): Promise<AzureCloud> {
    process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS = '0';
    const folder = mkdtempSync(join(tmpdir(), 'kakehashi-azure-'));
    return new AzureCloud(folder, await Azure.start(folder));
  }

  get azure(): Azure {
    return this.current;
  }

  /** Serves the same objects to another configuration of the provider. @param work is done while nothing is served */
  async restart(config: ObjectValue = PROVIDER, work: () => void = () => undefined): Promise<Azure> {
    await this.current.stop();
    work();
    this.current = await Azure.start(this.folder, config);
    return this.current;
  }

  get objectsFile(): string {
    return join(this.folder, 'objects.jsonl');
  }

  /** The names of the objects of a type. */
  names(type: string): readonly string[] {
    return listObjects(this.objectsFile, `azurerm_${type}`).map(({ attributes }) => String(attributes.name));
  }

  async stop(): Promise<void> {
    await this.current.stop();
    rmSync(this.folder, { recursive: true, force: true });
    delete process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS;
  }
}
