import path from 'node:path';
import { shownPath, writeExactly } from '../../../base/files';
import { makeFolder } from '../../../base/make-folder';
import { stamp } from '../../../base/text/stamp';
import {
  type NewInstance,
  parseState,
  type StateFile,
  type StateInstance,
  withInstances,
} from '../../../terraform/state/state-file';
import { stackFolder } from '../../session/folders';
import type { Session } from '../../session/session';
import { type Configuration, dependenciesOf, object } from './configuration';
import type { Adopted } from './known-objects';

/** The state of a stack, wherever its backend keeps it. */
export class OwnState {
  private constructor(
    private readonly session: Session,
    private readonly stack: string,
    private readonly text: string,
    /** Undefined where there is none yet. */
    readonly state: StateFile | undefined,
  ) {}

  /** Reads it. The stack's folder must be initialised. @throws TerraformError; Failure for a layout that is not known */
  static async pull(session: Session, stack: string): Promise<OwnState> {
    const text = await session.terraform.pullState(stackFolder(session.folders, stack));
    const state = text.trim() === '' ? undefined : parseState(text, `the state of ${stack}`);
    // A remote backend without a state prints one that was never written: it has no lineage.
    return new OwnState(session, stack, text, state?.lineage === '' ? undefined : state);
  }

  get instances(): readonly StateInstance[] {
    return (this.state?.instances ?? []).filter(({ mode }) => mode === 'managed');
  }

  /** The text of the state with the instances in it. @param source - their provider: its source address */
  with(instances: readonly NewInstance[], source: string): string {
    const { binary } = this.session.terraform;
    return withInstances(this.state, instances, providerOf(binary.flavor, source), binary.version);
  }

  /**
   * Writes a new state: a backup of the one that was there first, then all of the new one at once, under Terraform's own lock.
   *
   * @returns the backup; undefined where there was no state
   */
  async push(text: string): Promise<string | undefined> {
    const { folders, terraform } = this.session;
    let backup: string | undefined;
    if (this.state !== undefined) {
      makeFolder(folders.states);
      backup = path.join(folders.states, `${this.stack}.tfstate.${stamp(new Date())}.backup`);
      writeExactly(backup, this.text, 0o600);
    }
    const folder = stackFolder(folders, this.stack);
    const file = path.join(folder, 'import.tfstate');
    writeExactly(file, text, 0o600);
    await terraform.pushState(folder, path.basename(file));
    return backup === undefined ? undefined : shownPath(backup);
  }
}

/** The stack's provider as states of this program name it. */
export function providerOf(flavor: 'terraform' | 'opentofu', source: string): string {
  const host = flavor === 'opentofu' ? 'registry.opentofu.org' : 'registry.terraform.io';
  return `provider["${host}/${source}"]`;
}

/** Attributes of an instance that go into another state as they are. */
const KEPT = [
  'schema_version',
  'attributes',
  'sensitive_attributes',
  'private',
  'identity',
  'identity_schema_version',
] as const;

/**
 * The instances of adopted objects as our state has them: under our addresses, with the references of our configuration. What
 * the provider wrote stays as it is.
 *
 * @param imported - what the provider read of the objects that no state had
 */
export function newInstances(
  configuration: Configuration,
  adopted: readonly Adopted[],
  imported: readonly StateInstance[],
): readonly NewInstance[] {
  const byAddress = new Map(imported.map((instance) => [instance.address, instance]));
  return adopted.flatMap(({ type, name, object: known }) => {
    const raw = rawOf(known, byAddress.get(`${type}.${name}`));
    if (raw === undefined) return [];
    const block = configuration.resources[type]?.[name] ?? {};
    const dependencies = dependenciesOf(configuration, type, name);
    return [
      {
        type,
        name,
        raw: {
          ...raw,
          ...(dependencies.length === 0 ? {} : { dependencies }),
          ...(object(block.lifecycle).create_before_destroy === true ? { create_before_destroy: true } : {}),
        },
      },
    ];
  });
}

function rawOf(
  known: Adopted['object'],
  imported: StateInstance | undefined,
): NewInstance['raw'] | undefined {
  if (known.how === 'written')
    return { schema_version: 0, attributes: known.attributes, sensitive_attributes: [] };
  const instance = known.how === 'taken' ? known.instance : imported;
  if (instance === undefined) return undefined;
  const { raw } = instance;
  return Object.fromEntries(KEPT.flatMap((name) => (raw[name] === undefined ? [] : [[name, raw[name]]])));
}
