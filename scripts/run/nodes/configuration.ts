import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stackFolder } from '../../session/folders';
import type { Session } from '../../session/session';

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
}

/** The resources of a stack as it is synthesized now. */
export function configuredResources(
  { folders }: Pick<Session, 'folders'>,
  stack: string,
): readonly ConfiguredResource[] {
  const text = readFileSync(path.join(stackFolder(folders, stack), 'cdk.tf.json'), 'utf8');
  const { resource = {} } = JSON.parse(text) as Synthesized;
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, { lifecycle }]) => ({
      address: `${type}.${name}`,
      isProtected: lifecycle?.prevent_destroy === true,
    })),
  );
}
