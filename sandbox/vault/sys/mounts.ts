import { APPROLE_RECORD } from '../approle/role';
import { SECRET_ID_RECORD } from '../approle/secret-ids';
import { deleteBelow, folder, moveBelow } from '../core/entries';
import { type Mount, type MountSettings, type Mounts, PLAIN_SETTINGS } from '../core/mounts';
import { type Backend, type Call, param, type Route } from '../core/route';
import { MAX_TTL_SECONDS } from '../core/tokens';
import { KV1_RECORD } from '../engine/kv1';
import { KV2_CONFIG_RECORD, KV2_RECORD } from '../engine/kv2';
import { type Answer, badRequest, type Json } from '../request/exchange';
import { Fields } from '../request/fields';
import { newUuid } from '../store/identifiers';

/** Types of the records that are stored below the path of a mount, and are deleted and moved with it. */
const CONTENTS = [KV1_RECORD, KV2_RECORD, KV2_CONFIG_RECORD, APPROLE_RECORD];

/** A mount in the form of `sys/mounts`. */
export function mountView(mount: Mount): Json {
  return {
    accessor: mount.accessor,
    config: {
      default_lease_ttl: mount.default_lease_ttl_seconds,
      force_no_cache: false,
      max_lease_ttl: mount.max_lease_ttl_seconds,
      ...tuned(mount),
    },
    deprecation_status: mount.type === 'system' || mount.type === 'identity' ? '' : 'supported',
    description: mount.description,
    external_entropy_access: mount.external_entropy_access,
    local: mount.local,
    options: mount.options,
    plugin_version: '',
    seal_wrap: mount.seal_wrap,
    type: mount.type,
    uuid: mount.uuid,
  };
}

/** Settings that a mount's view has only if they are set. */
function tuned(mount: Mount): Json {
  const names = [
    'audit_non_hmac_request_keys',
    'audit_non_hmac_response_keys',
    'passthrough_request_headers',
    'allowed_response_headers',
    'listing_visibility',
    'token_type',
  ] as const;
  return Object.fromEntries(
    names.filter((name) => mount[name].length > 0).map((name) => [name, mount[name]]),
  );
}

/** The effective settings of a mount, with the server's limit in place of 0. */
function tuneView(mount: Mount): Json {
  return {
    default_lease_ttl: mount.default_lease_ttl_seconds || MAX_TTL_SECONDS,
    description: mount.description,
    force_no_cache: false,
    max_lease_ttl: mount.max_lease_ttl_seconds || MAX_TTL_SECONDS,
    ...(mount.options === null ? {} : { options: mount.options }),
    ...tuned(mount),
  };
}

/** The settings in a body. The time `system` stands for the server's default. */
function settingsIn(fields: Fields): Partial<MountSettings> {
  const time = (name: string) => (fields.body[name] === 'system' ? 0 : fields.seconds(name));
  const settings: Record<string, unknown> = {};
  if (fields.has('default_lease_ttl')) settings.default_lease_ttl_seconds = time('default_lease_ttl');
  if (fields.has('max_lease_ttl')) settings.max_lease_ttl_seconds = time('max_lease_ttl');
  for (const name of ['description', 'listing_visibility', 'token_type'])
    if (fields.has(name)) settings[name] = fields.text(name);
  for (const name of [
    'audit_non_hmac_request_keys',
    'audit_non_hmac_response_keys',
    'passthrough_request_headers',
    'allowed_response_headers',
  ])
    if (fields.has(name)) settings[name] = fields.list(name);
  if (fields.has('options')) settings.options = fields.texts('options');
  return settings;
}

function checkTimes(settings: Partial<MountSettings>): void {
  const { default_lease_ttl_seconds: usual = 0, max_lease_ttl_seconds: longest = 0 } = settings;
  if (longest > 0 && usual > longest)
    throw badRequest(
      `backend max lease TTL of ${longest} would be less than backend default lease TTL of ${usual}`,
    );
}

function mount(mounts: Mounts, call: Call): undefined {
  const { fields } = call;
  const alias = /^kv-v([12])$/.exec(fields.text('type'))?.[1];
  const options = fields.texts('options') ?? {};
  const version = alias ?? options?.version;
  if (version !== undefined && !['1', '2'].includes(version)) throw badRequest('unsupported version of kv');
  const isLogIn = call.mount === 'sys/' && call.request.path.startsWith('sys/auth/');
  const settings = {
    ...(isLogIn ? { token_type: 'default-service' } : {}),
    ...settingsIn(new Fields(fields.map('config') ?? {})),
    description: fields.text('description'),
  };
  checkTimes(settings);
  mounts.mount({
    ...PLAIN_SETTINGS,
    ...settings,
    options: alias === undefined ? options : { ...options, version: alias },
    path: folder(param(call, 'path')),
    type: alias === undefined ? fields.text('type') : 'kv',
    local: fields.flag('local'),
    seal_wrap: fields.flag('seal_wrap'),
    external_entropy_access: fields.flag('external_entropy_access'),
  });
  return undefined;
}

function tune({ mounts, path }: { readonly mounts: Mounts; readonly path: string }, call: Call): undefined {
  const found = mounts.at(path);
  if (found === undefined) throw badRequest(`tune of path "${path}" failed: no mount entry found`);
  const settings = settingsIn(call.fields);
  const changed = { ...found, ...settings };
  checkTimes(changed);
  const version = settings.options?.version;
  if (version !== undefined && found.options?.version === '2' && version !== '2')
    throw badRequest(`cannot downgrade mount from version 2`);
  mounts.change(found, {
    ...settings,
    ...(settings.options ? { options: { ...found.options, ...settings.options } } : {}),
  });
  return undefined;
}

/** What is mounted at the path of a request. Log-in methods are found among the engines too, where no sudo is needed. */
function mountedAt(call: Call, name: 'mounts' | 'auth'): { readonly mounts: Mounts; readonly path: string } {
  const { mounts, auths } = call.vault;
  const path = param(call, 'path');
  const [, logIn] = /^auth\/(.+)$/.exec(name === 'mounts' ? path : '') ?? [];
  if (logIn !== undefined) return { mounts: auths, path: folder(logIn) };
  return { mounts: name === 'mounts' ? mounts : auths, path: folder(path) };
}

function routes(name: 'mounts' | 'auth', prefix: string, of: (call: Call) => Mounts): readonly Route[] {
  const missing = name === 'mounts' ? 'No secret engine mount at' : 'No auth engine at';
  const sudo: { sudo?: true } = name === 'auth' ? { sudo: true } : {};
  return [
    {
      path: new RegExp(`^${name}/?$`),
      doubled: true,
      read: (call): Answer => ({
        data: Object.fromEntries(
          of(call)
            .all()
            .map((each) => [each.path, mountView(each)]),
        ),
      }),
    },
    {
      path: new RegExp(`^${name}/(?<path>.+)/tune$`),
      doubled: true,
      ...sudo,
      read: (call) => {
        const { mounts, path } = mountedAt(call, name);
        const found = mounts.at(path);
        if (found !== undefined) return { data: tuneView(found) };
        const text = JSON.stringify(prefix + folder(param(call, 'path')));
        throw badRequest(`cannot fetch sysview for path ${text}`);
      },
      write: (call) => tune(mountedAt(call, name), call),
    },
    {
      path: new RegExp(`^${name}/(?<path>.+)$`),
      doubled: true,
      ...sudo,
      read: (call) => {
        const { mounts, path } = mountedAt(call, name);
        const found = mounts.at(path);
        if (found === undefined) throw badRequest(`${missing} ${folder(param(call, 'path'))}`);
        return { data: mountView(found) };
      },
      write: (call) => mount(of(call), call),
      delete: (call) => {
        const gone = of(call).unmount(folder(param(call, 'path')));
        if (gone !== undefined) deleteContents(call, prefix + gone.path);
        return undefined;
      },
    },
  ];
}

function deleteContents({ vault }: Call, path: string): void {
  deleteBelow(vault.store, CONTENTS, path);
  for (const { id, attributes } of vault.store.all(SECRET_ID_RECORD))
    if (attributes.mount === path) vault.store.delete(SECRET_ID_RECORD, id);
}

/** The routes for secrets engines at `sys/mounts` and auth methods at `sys/auth`. */
export const SYS_MOUNTS: Backend = [
  ...routes('mounts', '', ({ vault }) => vault.mounts),
  ...routes('auth', 'auth/', ({ vault }) => vault.auths),
  {
    path: /^remount$/,
    sudo: true,
    write: (call) => {
      const [from, to] = [folder(call.fields.text('from')), folder(call.fields.text('to'))];
      if (from === '' || to === '')
        throw badRequest("both 'from' and 'to' path must be specified as a string");
      call.vault.mounts.move(from, to);
      moveBelow(call.vault.store, CONTENTS, from, to);
      return { data: { migration_id: newUuid() } };
    },
  },
  {
    // A move is complete before it is answered.
    path: /^remount\/status\/(?<id>[^/]+)$/,
    read: (call) => ({ data: { migration_id: param(call, 'id'), migration_info: { status: 'success' } } }),
  },
];
