import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import type { ConfiguredGroup } from '../../kinds/nodes';
import { stackFolder } from '../../session/folders';
import type { Session } from '../../session/session';
import type { GroupState } from './group-states';

/** A resource of a stack's synthesized configuration. */
export interface ConfiguredResource {
  /** `aws_instance.Nodes`, without a key. */
  readonly address: string;
  /** Whether Terraform refuses to destroy it. */
  readonly isProtected: boolean;
}

interface Synthesized {
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, { readonly lifecycle?: { readonly prevent_destroy?: boolean } }>>>
  >;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** The resources of a stack as it is synthesized now. */
export function configuredResources(
  { folders }: Pick<Session, 'folders'>,
  stack: string,
): readonly ConfiguredResource[] {
  const { resource = {} } = synthesized(folders, stack);
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, { lifecycle }]) => ({
      address: `${type}.${name}`,
      isProtected: lifecycle?.prevent_destroy === true,
    })),
  );
}

/** Whether the output `lease` of a stack is more than null. */
export function hasLeaseOutput({ folders }: Pick<Session, 'folders'>, stack: string): boolean {
  const { lease } = synthesized(folders, stack).output ?? {};
  return typeof lease?.value === 'object' && lease.value !== null;
}

function synthesized(folders: Session['folders'], stack: string): Synthesized {
  const text = readFileSync(path.join(stackFolder(folders, stack), 'cdk.tf.json'), 'utf8');
  return JSON.parse(text) as Synthesized;
}

/** A group as one of its stacks is synthesized now; undefined for one that left the catalog. */
export function configuredGroup(
  { session, loaded }: { readonly session: Pick<Session, 'folders'>; readonly loaded: Loaded },
  { group, output }: GroupState,
  stack: Stack,
): ConfiguredGroup | undefined {
  if (group === undefined) return undefined;
  const resources = configuredResources(session, stack.id).map(({ address }) => address);
  return { loaded, group, resources, nodes: Object.keys(output?.nodes ?? {}) };
}
