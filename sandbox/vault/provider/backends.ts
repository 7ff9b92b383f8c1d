import { isObject, type ObjectValue, type Value } from '../../protocol/values';
import { objects, text } from '../../provider/attributes';
import { seconds } from '../request/duration';
import type { Json } from '../request/exchange';
import { mountAt } from './mount';
import type { VaultResource } from './resource';
import { bodyOf, fullBodyOf, picked } from './values';

const TIMES = ['default_lease_ttl', 'max_lease_ttl'];

function tuneOf(given: ObjectValue): ObjectValue | undefined {
  return objects(given, 'tune')[0];
}

function tuneBody(given: ObjectValue): Json {
  const tune = tuneOf(given) ?? {};
  const set = Object.entries(tune).filter(
    ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(set);
}

/** The configured settings, each with the server's value if that differs in meaning. */
function readTune(configured: ObjectValue, config: Json): ObjectValue {
  return Object.fromEntries(
    Object.entries(configured).map(([name, value]): [string, Value] => {
      const actual = config[name];
      const isUnset = value === null || value === '' || (Array.isArray(value) && value.length === 0);
      if (isUnset) return [name, value];
      if (!TIMES.includes(name)) return [name, (actual ?? value) as Value];
      const same = seconds(typeof value === 'string' ? value : '', name) === Number(actual ?? 0);
      return [name, same ? value : `${Number(actual ?? 0)}s`];
    }),
  );
}

/** `vault_auth_backend`. The id is the path, by default the type. */
export const authBackend: VaultResource = {
  create(api, given) {
    const path = (text(given, 'path') || text(given, 'type')).replace(/^\/|\/$/g, '');
    api.write(`sys/auth/${path}`, {
      ...bodyOf(given, ['type', 'description', 'local']),
      config: tuneBody(given),
    });
    return { id: path };
  },
  read(api, id, state) {
    const found = mountAt(api, 'sys/auth', id);
    if (found === undefined) return undefined;
    const tune = tuneOf(state);
    return {
      path: id,
      ...picked(found, ['type', 'description', 'accessor', 'local']),
      tune: isObject(tune) ? [readTune(tune, found.config as Json)] : [],
    };
  },
  update(api, id, { prior, planned }) {
    api.write(
      `sys/auth/${id}/tune`,
      { ...fullBodyOf(planned, prior, ['description']), ...tuneBody(planned) },
      'error updating Vault',
    );
    return undefined;
  },
  delete: (api, id) => api.delete(`sys/auth/${id}`),
};

/** `vault_audit`. The id is the path, by default the type. */
export const audit: VaultResource = {
  create(api, given) {
    const path = (text(given, 'path') || text(given, 'type')).replace(/^\/|\/$/g, '');
    api.write(
      `sys/audit/${path}`,
      bodyOf(given, ['type', 'description', 'local', 'options']),
      'error enabling audit backend',
    );
    return { id: path };
  },
  read(api, id) {
    const found = api.read('sys/audit')?.data[`${id}/`] as Json | undefined;
    return found && { path: id, ...picked(found, ['type', 'description', 'local', 'options']) };
  },
  delete: (api, id) => api.delete(`sys/audit/${id}`),
};
