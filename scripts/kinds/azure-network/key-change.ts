import type { StateResource } from '../../../terraform/plan/prior-resources';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import { CONNECTION_TYPE } from './applied-keys';

/** Whether a planned change gives a connection a new key, and with it all tunnels of the connection, and does nothing else. */
export function changesOnlyKey({ type, actions, changed }: ScrubbedChange): boolean {
  return (
    type === CONNECTION_TYPE && actions.join() === 'update' && changed.every((name) => name === 'shared_key')
  );
}

/** Whether a resource is a connection that has this key. A key is made once, so that no two connections have the same. */
export function hasKey({ type, values }: StateResource, key: string): boolean {
  return type === CONNECTION_TYPE && values.shared_key === key;
}
