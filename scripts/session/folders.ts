import path from 'node:path';

/** The files and folders of one environment, in the project's folder. Those of the sandbox are apart. */
export interface Folders {
  /** The project: where the command was called. */
  readonly root: string;
  /** What cdktf writes, relative to the root: the state's relative path depends on how deep it is. */
  readonly out: string;
  /** Entries, summaries, logs. */
  readonly results: string;
  /** The local backend's states, a file a stack. */
  readonly states: string;
  readonly lockFile: string;
  readonly journal: string;
  readonly entries: string;
  readonly summary: string;
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
    results,
    states: path.join(root, sandbox ? `sandbox.out/${environment}/state` : `state/${environment}`),
    lockFile: sandbox
      ? sandboxLockFile(environment, root)
      : path.join(catalogDirectory, `${environment}.lock.yml`),
    // Beside the saved plans that it is about: whoever deletes the one deletes the other.
    journal: path.join(root, out, 'journal.jsonl'),
    entries: path.join(results, 'vpn_catalog.yml'),
    summary: path.join(results, 'plan.md'),
    logs: path.join(results, 'logs'),
  };
}

/** What the sandbox adds to an environment's lock. */
export function sandboxLockFile(environment: string, root = process.cwd()): string {
  return path.join(root, 'sandbox.out', environment, 'lock.yml');
}

/** The folder of a gateway host's files, one for all environments that it serves. */
export function gatewayFolder(publicIp: string, sandbox: boolean, root = process.cwd()): string {
  return path.join(root, sandbox ? 'sandbox.out' : 'out', 'gateway', publicIp);
}

/** The folder of a stack, where Terraform runs. */
export function stackFolder(folders: Folders, stack: string): string {
  return path.join(folders.root, folders.out, 'stacks', stack);
}

/** The sandbox's own files, shared by all environments. */
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
