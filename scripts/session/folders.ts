import path from 'node:path';

/** The files and folders of one environment, in the project's folder. Those of the sandbox are apart. */
export interface Folders {
  /** The project's folder: where the command was called. */
  readonly root: string;
  /** The folder that cdktf writes, relative to the root. The state's relative path depends on its depth. */
  readonly out: string;
  /** The folder of plugins that all stacks share. */
  readonly plugins: string;
  /** The folder of entries, summaries and logs. */
  readonly results: string;
  /** The folder of the local backend's states, with a file for each stack. */
  readonly states: string;
  readonly lockFile: string;
  readonly journal: string;
  readonly entries: string;
  readonly summary: string;
  /** The review records of the last plan. */
  readonly review: string;
  readonly logs: string;
}

export function foldersOf(
  environment: string,
  options: { readonly sandbox: boolean; readonly catalogDirectory: string; readonly root?: string },
): Folders {
  const { sandbox, catalogDirectory, root = process.cwd() } = options;
  const out = sandbox ? `sandbox.out/${environment}/synth` : `cdktf.out.${environment}`;
  const results = path.join(root, sandbox ? 'sandbox.out' : 'out', environment);
  return {
    root,
    out,
    plugins: path.join(root, out, 'plugins'),
    results,
    states: path.join(root, sandbox ? `sandbox.out/${environment}/state` : `state/${environment}`),
    lockFile: sandbox
      ? sandboxLockFile(environment, root)
      : path.join(catalogDirectory, `${environment}.lock.yml`),
    // Beside the saved plans that it is about, so that both are deleted together.
    journal: path.join(root, out, 'journal.jsonl'),
    entries: path.join(results, 'vpn_catalog.yml'),
    summary: path.join(results, 'plan.md'),
    review: path.join(results, 'review'),
    logs: path.join(results, 'logs'),
  };
}

/** The lock file of the sandbox, which adds to an environment's own. */
export function sandboxLockFile(environment: string, root = process.cwd()): string {
  return path.join(root, 'sandbox.out', environment, 'lock.yml');
}

/** The folder of a gateway host's files. All environments that it serves share it. */
export function gatewayFolder(publicIp: string, sandbox: boolean, root = process.cwd()): string {
  return path.join(root, sandbox ? 'sandbox.out' : 'out', 'gateway', publicIp);
}

/** The folder of a stack, in which Terraform runs. */
export function stackFolder(folders: Folders, stack: string): string {
  return path.join(folders.root, folders.out, 'stacks', stack);
}

/** The sandbox's own files, which all environments share. */
export function sandboxFiles(root = process.cwd()): {
  readonly objectsFile: string;
  readonly faultsFile?: string;
} {
  const faults = process.env.KAKEHASHI_SANDBOX_FAULTS;
  return {
    objectsFile: path.join(root, 'sandbox.out', 'objects.jsonl'),
    ...(faults === undefined || faults === '' ? {} : { faultsFile: path.resolve(root, faults) }),
  };
}
