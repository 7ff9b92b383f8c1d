import { folder } from '../core/entries';
import { type Backend, type Call, param } from '../core/route';
import { badRequest, type Json } from '../request/exchange';
import type { VaultStore } from '../store/vault-store';

export const AUDIT_RECORD = 'vault_audit';

/** The required option of each type of device. */
const NEEDS: Readonly<Record<string, string | undefined>> = {
  file: 'file_path',
  socket: 'address',
  syslog: undefined,
};

function devices(store: VaultStore): Json {
  return Object.fromEntries(
    store.all(AUDIT_RECORD).map(({ attributes }) => [String(attributes.path), attributes]),
  );
}

function enable(call: Call): undefined {
  const { fields, vault } = call;
  if (vault.kind === 'openbao')
    throw badRequest(
      'cannot enable audit device via API; use declarative, config-based audit device management instead',
    );
  const path = folder(param(call, 'path'));
  const type = fields.text('type');
  if (!(type in NEEDS))
    throw badRequest(`unknown backend type: ${JSON.stringify(type)}: invalid configuration`);
  if (vault.store.get(AUDIT_RECORD, param(call, 'path')) !== undefined)
    throw badRequest(`path already in use: ${path}`);
  const options = fields.texts('options') ?? {};
  const needed = NEEDS[type];
  if (needed !== undefined && !options[needed]) throw badRequest(`${needed} is required`);
  const record = {
    path,
    type,
    options,
    description: fields.text('description'),
    local: fields.flag('local'),
  };
  vault.store.put(AUDIT_RECORD, param(call, 'path'), record);
  return undefined;
}

/** The routes of audit devices. OpenBao refuses to enable them through its API. Nothing is ever written to them. */
export const SYS_AUDIT: Backend = [
  { path: /^audit$/, sudo: true, doubled: true, read: ({ vault }) => ({ data: devices(vault.store) }) },
  {
    path: /^audit\/(?<path>.*[^/])\/?$/,
    sudo: true,
    write: enable,
    delete: (call) => {
      call.vault.store.delete(AUDIT_RECORD, param(call, 'path'));
      return undefined;
    },
  },
];
