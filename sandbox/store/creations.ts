import { existsSync, readFileSync } from 'node:fs';
import { type LogLine, parseLog } from './objects-lines';
import type { SandboxObject } from './sandbox-object';

/** An object that exists, and that Terraform asked for. */
export interface Created {
  readonly object: SandboxObject;
  /** Its id in the state that the caller was told; undefined where it was told none: the answer never left, or was an error. */
  readonly answeredAs: string | undefined;
}

/** The objects of a log that Terraform asked for, oldest first. What the clouds made beside them is not among them. */
export function listCreated(file: string): readonly Created[] {
  return existsSync(file) ? [...createdBy(parseLog(readFileSync(file), file).lines).values()] : [];
}

function createdBy(lines: readonly LogLine[]): ReadonlyMap<string, Created> {
  const created = new Map<string, Created>();
  for (const line of lines) {
    const { type, region, id } = line.op === 'put' ? line.object : line;
    const key = `${type} ${region} ${id}`;
    const before = created.get(key);
    if (line.op === 'delete') created.delete(key);
    else if (line.op === 'answered') {
      if (before !== undefined) created.set(key, { ...before, answeredAs: line.as });
    } else if (line.made === true || before !== undefined)
      created.set(key, { object: line.object, answeredAs: before?.answeredAs });
  }
  return created;
}

/** What states name an object by: its type and an id of it. */
export function nameInStates(type: string, id: string): string {
  return `${type} ${id}`;
}

/**
 * Those that no state has.
 *
 * @param known what the states have, by {@link nameInStates}; of what has an ARN, also by that
 */
export function orphansAmong(created: readonly Created[], known: ReadonlySet<string>): readonly Created[] {
  return created.filter(({ object, answeredAs }) => {
    const { type, id, attributes } = object;
    const names = [id, answeredAs, attributes.id, attributes.arn];
    return !names.some((name) => typeof name === 'string' && known.has(nameInStates(type, name)));
  });
}
