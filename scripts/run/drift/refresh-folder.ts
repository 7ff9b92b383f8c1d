import { copyFileSync, existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makePrivate, writeExactly } from '../../../base/files';
import { stackFolder } from '../../session/folders';
import { DEPENDENCY_LOCK, Initializer } from '../../session/init';
import type { Session } from '../../session/session';
import { object } from '../adopt/configuration';

/** The folder of refreshes, in that of the configuration. */
const FOLDER = 'drift';

const PLAN = 'refresh.tfplan';

/**
 * A folder whose configuration has a stack's backend and provider, and no resource: Terraform can do nothing there but compare the state
 * with the cloud. The stack's own folder, with its saved plan, is not touched, and neither state nor its lock is written.
 */
export class RefreshFolder {
  private readonly session: Session;
  private readonly folder: string;

  constructor(
    private readonly own: Session,
    private readonly stack: string,
  ) {
    const { folders } = own;
    this.session = { ...own, folders: { ...folders, out: path.join(folders.out, FOLDER) } };
    this.folder = stackFolder(this.session.folders, stack);
  }

  /** @returns what `terraform show -json <plan>` prints: secrets in clear @throws TerraformError */
  async refresh(): Promise<string> {
    const own = stackFolder(this.own.folders, this.stack);
    makePrivate(this.folder);
    const text = readFileSync(path.join(own, 'cdk.tf.json'), 'utf8');
    const configuration = JSON.stringify(bare(object(JSON.parse(text)), own), null, 2);
    writeExactly(path.join(this.folder, 'cdk.tf.json'), `${configuration}\n`, 0o600);
    const lock = path.join(own, DEPENDENCY_LOCK);
    if (existsSync(lock)) copyFileSync(lock, path.join(this.folder, DEPENDENCY_LOCK));
    await new Initializer(this.session).init(this.stack);
    const { terraform } = this.session;
    const how = { destroy: false, refreshOnly: true, lock: false, quiet: true };
    await terraform.plan(this.folder, PLAN, how, () => undefined);
    return terraform.show(this.folder, path.join(this.folder, PLAN));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
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
