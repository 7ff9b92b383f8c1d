import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../../session/session';
import { object } from '../adopt/configuration';
import { ApartFolder } from '../apart-folder';

/**
 * A folder whose configuration has a stack's backend and provider, and no resource: Terraform can do nothing there but compare the state
 * with the cloud. Neither state nor its lock is written.
 */
export class RefreshFolder {
  private readonly folder: ApartFolder;

  constructor(session: Session, stack: string) {
    this.folder = new ApartFolder(session, stack, 'drift');
  }

  /** @returns what `terraform show -json <plan>` prints: secrets in clear @throws TerraformError */
  async refresh(): Promise<string> {
    const { own } = this.folder;
    const text = readFileSync(path.join(own, 'cdk.tf.json'), 'utf8');
    const how = { destroy: false, refreshOnly: true, lock: false, quiet: true };
    return this.folder.plan(bare(object(JSON.parse(text)), own), how);
  }

  remove(): void {
    this.folder.remove();
  }
}

/** The configuration without resources, data sources and outputs, and with the variables that its provider needs. */
function bare(configuration: Readonly<Record<string, unknown>>, own: string): object {
  const { terraform, provider, variable } = configuration;
  const used = Object.entries(object(variable)).filter(([name]) =>
    JSON.stringify(provider ?? {}).includes(`var.${name}`),
  );
  return {
    terraform: withAbsoluteState(object(terraform), own),
    provider,
    ...(used.length === 0 ? {} : { variable: Object.fromEntries(used) }),
  };
}

/** A local state is at a path from the stack's own folder: the real one, where a link leads to it. */
function withAbsoluteState(terraform: Readonly<Record<string, unknown>>, own: string): object {
  const local = object(object(terraform.backend).local);
  if (typeof local.path !== 'string') return terraform;
  return {
    ...terraform,
    backend: { local: { ...local, path: path.resolve(realpathSync(own), local.path) } },
  };
}
