import { text } from '../../provider/attributes';
import type { VaultResource } from './resource';
import { picked } from './values';

/** `vault_policy`. The id is the name. */
export const policy: VaultResource = {
  create(api, given) {
    const name = text(given, 'name');
    api.write(`sys/policies/acl/${name}`, { policy: text(given, 'policy') });
    return { id: name };
  },
  read(api, id) {
    const found = api.read(`sys/policies/acl/${id}`);
    return found && { name: id, ...picked(found.data, ['policy']) };
  },
  update(api, id, { planned }) {
    api.write(`sys/policies/acl/${id}`, { policy: text(planned, 'policy') });
    return undefined;
  },
  delete: (api, id) => api.delete(`sys/policies/acl/${id}`),
};
