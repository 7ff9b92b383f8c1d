import type { ObjectLog } from '../../store/objects';

/** A record of the simulated Vault: a mount, a policy, a token, a secret. */
export interface VaultRecord {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The storage of the simulated Vault. Records of one type are in the order of their creation. */
export interface VaultStore {
  get(type: string, id: string): VaultRecord['attributes'] | undefined;
  all(type: string): readonly VaultRecord[];
  put(type: string, id: string, attributes: VaultRecord['attributes']): void;
  delete(type: string, id: string): void;
}

/** The region of Vault's objects in the sandbox's log, where every object has one. */
const REGION = 'vault';

/** A store in the memory of this process. */
export function memoryStore(): VaultStore {
  const types = new Map<string, Map<string, VaultRecord['attributes']>>();
  const of = (type: string) => types.get(type) ?? new Map<string, VaultRecord['attributes']>();
  return {
    get: (type, id) => of(type).get(id),
    all: (type) => [...of(type)].map(([id, attributes]) => ({ id, attributes })),
    put: (type, id, attributes) => types.set(type, of(type).set(id, attributes)),
    delete: (type, id) => of(type).delete(id),
  };
}

/** A store in the sandbox's object log, beside the objects of the clouds. */
export function objectStore(log: ObjectLog): VaultStore {
  return {
    get: (type, id) => log.get(type, REGION, id)?.attributes,
    all: (type) => log.ofTypes([type]),
    put: (type, id, attributes) => log.put({ type, id, region: REGION, attributes }),
    delete: (type, id) => {
      if (log.get(type, REGION, id) !== undefined) log.delete(type, REGION, id);
    },
  };
}
