import type { Backend, Call } from '../core/route';
import { type Answer, badRequest, type Json } from '../request/exchange';

function sealStatus({ vault }: Call): Json {
  return {
    type: 'shamir',
    initialized: true,
    sealed: vault.seal.isSealed,
    t: 1,
    n: 1,
    progress: 0,
    nonce: '',
    version: vault.version,
    build_date: '',
    migration: false,
    ...(vault.seal.isSealed ? {} : { cluster_name: CLUSTER_NAME, cluster_id: vault.clusterId }),
    recovery_seal: false,
    storage_type: 'inmem',
  };
}

const CLUSTER_NAME = 'kakehashi-sandbox';

/** The status of a health check, which load balancers can choose by a query parameter. */
function chosen(call: Call, name: string, usual: number): number {
  const asked = Number(call.request.query?.[name]);
  return Number.isInteger(asked) && asked >= 100 && asked < 600 ? asked : usual;
}

function health(call: Call): Answer {
  const { vault } = call;
  const sealed = vault.seal.isSealed;
  return {
    status: sealed ? chosen(call, 'sealedcode', 503) : chosen(call, 'activecode', 200),
    bare: {
      initialized: true,
      sealed,
      standby: false,
      performance_standby: false,
      replication_performance_mode: 'disabled',
      replication_dr_mode: 'disabled',
      server_time_utc: Math.floor(vault.now() / 1000),
      version: vault.version,
      ...(sealed ? {} : { cluster_name: CLUSTER_NAME, cluster_id: vault.clusterId }),
    },
  };
}

function unseal(call: Call): Answer {
  const { fields, vault } = call;
  const key = fields.text('key');
  if (fields.flag('reset')) return { bare: sealStatus(call) };
  if (key === '') throw badRequest("'key' must be specified in request body as JSON, or 'reset' set to true");
  if (
    !/^([0-9a-f]{2})+$/i.test(key) &&
    !/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(key)
  )
    throw badRequest("'key' must be a valid hex or base64 string");
  if (!vault.seal.open(key)) throw badRequest('Unseal failed, invalid key');
  return { bare: sealStatus(call) };
}

/** The routes of health and seal. Most of them need no token. */
export const SYS_STATE: Backend = [
  { path: /^health$/, open: true, sealed: true, read: health, write: health },
  {
    path: /^seal-status$/,
    open: true,
    sealed: true,
    read: (call) => ({ bare: sealStatus(call) }),
  },
  {
    path: /^init$/,
    open: true,
    sealed: true,
    read: () => ({ bare: { initialized: true } }),
    write: () => {
      throw badRequest('Vault is already initialized');
    },
  },
  {
    path: /^leader$/,
    open: true,
    read: () => ({
      bare: { ha_enabled: false, is_self: false, leader_address: '', leader_cluster_address: '' },
    }),
  },
  {
    path: /^seal$/,
    sudo: true,
    write: ({ vault }) => {
      vault.seal.close();
      return undefined;
    },
  },
  { path: /^unseal$/, open: true, sealed: true, write: unseal },
];
