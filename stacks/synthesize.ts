import { App } from 'cdktf';
import type { Loaded } from '../catalog/environment/catalog';
import type { StackOf } from '../catalog/ground/stack';
import type { Kind, PlaceOf, Stack } from '../catalog/kinds/registry';
import { BUILDERS } from './kinds/registry';
import { backendSettings, sandboxBackendSettings } from './state-backend';

export interface SynthesisOptions {
  /** The states lie in the sandbox's folder, whatever backend the catalog names. */
  readonly sandbox: boolean;
  /** @default - cdktf's: `CDKTF_OUTDIR`, else `cdktf.out` */
  readonly outDirectory?: string;
}

/** How many stacks are in memory at a time. More are no faster; 1000 at once took half a gigabyte. */
const STACKS_AT_ONCE = 25;

/** Writes every stack of the environments, and the manifest of all of them. */
export function synthesize(environments: readonly Loaded[], options: SynthesisOptions): void {
  const all = environments.flatMap((loaded) => loaded.stacks.map((stack) => ({ loaded, stack })));
  const written: App['manifest']['stacks'] = {};
  for (let start = 0; start === 0 || start < all.length; start += STACKS_AT_ONCE) {
    const app = new App({ outdir: options.outDirectory });
    for (const { loaded, stack } of all.slice(start, start + STACKS_AT_ONCE))
      addStack(app, loaded, stack, options.sandbox);
    app.synth();
    Object.assign(written, app.manifest.stacks);
    Object.assign(app.manifest.stacks, written);
    app.manifest.writeToFile();
  }
}

/** Builds one stack of the catalog, with the backend that its state lies in. */
function addStack<K extends Kind>(app: App, loaded: Loaded, stack: Stack<K>, sandbox: boolean): void {
  const { kind, id, backend }: StackOf<K, PlaceOf<K>> = stack;
  const { environment } = loaded.catalog;
  const build = BUILDERS[kind]();
  build(app, stack, loaded, {
    environment,
    backend: sandbox
      ? { type: 'local', settings: sandboxBackendSettings(app.outdir, environment, id) }
      : { type: backend.type, settings: backendSettings(backend, environment, id, app.outdir) },
  });
}
