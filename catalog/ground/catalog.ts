import type { TunnelOptions } from '../../model/clouds/aws/tunnel-options';
import type { GatewaySite, InterfaceKind } from '../../model/gateway/host';
import type { Cidr } from '../../model/net/cidr';
import type { Rule } from '../../model/net/rule';
import type { CryptoProfile } from '../../model/tunnel/crypto-profiles';
import type { Policy } from '../../model/vault/policy';
import type { SecretReference } from '../../model/vault/secret-reference';

/** A value as YAML and JSON have it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One environment's catalog, checked: everything in it is a typed value and holds together. */
export interface Catalog {
  readonly environment: string;
  /** The environment's own file, as it is to be shown. */
  readonly file: string;
  /** Absent where nothing is created. */
  readonly site?: Site;
  readonly backend: Backend;
  readonly aws: AwsSettings;
  /** Where credentials and pre-shared keys are kept. */
  readonly vault?: Vault;
  /** What is created, one per VPC, in the order of the file. */
  readonly networks: readonly AwsNetwork[];
  /** What exists already and is passed through, in the order of the file. */
  readonly adopted: readonly AdoptedEntry[];
}

/** The controller's own network, at the on-premises end of every tunnel. Its subnets are sorted. */
export interface Site extends GatewaySite {
  readonly gateway: GatewaySite['gateway'] & {
    /** Of route-based tunnels. @default - the daemon's own */
    readonly interface?: InterfaceKind;
    /** The folder of the keys that the host's files name instead of holding them. @default - the files hold them */
    readonly keyReference?: string;
  };
}

export const BACKEND_TYPES = ['local', 's3', 'azurerm', 'gcs', 'http', 'pg', 'cloud'] as const;
export type BackendType = (typeof BACKEND_TYPES)[number];

/** Where Terraform keeps its states. */
export interface Backend {
  readonly type: BackendType;
  /** First part of a remote state's key; default `kakehashi`. Unused for `local`. */
  readonly prefix: string;
  /** The backend's own arguments as Terraform spells them, without its state's key, address or name. */
  readonly settings: { readonly [key: string]: Json };
}

/** How to reach AWS: `providers.aws`. */
export interface AwsSettings {
  /** Terraform version constraint; default: what the bindings are made for, loosened to the oldest that is tried. */
  readonly version: string;
  readonly profile?: string;
  /** Where the driver reads the credentials, just before it starts Terraform. Both keys or none. */
  readonly credentials?: {
    readonly accessKey: SecretReference;
    readonly secretKey: SecretReference;
    readonly sessionToken?: SecretReference;
  };
  readonly assumeRole?: {
    readonly roleArn: string;
    readonly externalId?: string;
    readonly sessionName?: string;
    /** For `assume_role_with_web_identity` instead: a file that holds the token. */
    readonly webIdentityTokenFile?: string;
  };
  readonly allowedAccountIds: readonly string[];
  /** Service name (`ec2`, `sts`, `logs`, `iam`, …) to URL. */
  readonly endpoints: { readonly [service: string]: string };
  readonly defaultTags: { readonly [key: string]: string };
}

/** A Vault or OpenBao server: the section `vault`. What has no `create` is there already and is not managed. */
export interface Vault {
  /** Its URL, `https://10.0.2.15:8443`, without a path. */
  readonly address: string;
  readonly namespace?: string;
  /** A PEM file with the authority that signed its certificate, as the catalog gives it: relative to the project. */
  readonly caFile?: string;
  readonly server: 'vault' | 'openbao';
  readonly auth: { readonly method: 'token' } | { readonly method: 'approle'; readonly roleId: string };
  /** By path, sorted; `secret` as KV v1 where the catalog names none. */
  readonly mounts: readonly VaultMount[];
  readonly policies: readonly VaultPolicy[];
  readonly users: readonly VaultUser[];
  readonly approles: readonly VaultAppRole[];
  readonly audits: readonly VaultAudit[];
  /** The folder that holds the connections' keys: `vault://secret/vpn`. */
  readonly presharedKeys?: SecretReference;
}

export interface VaultMount {
  readonly path: string;
  /** Of the KV engine. */
  readonly version: 1 | 2;
  readonly description?: string;
  readonly create: boolean;
}

export interface VaultPolicy {
  readonly name: string;
  /** As the catalog has them: below a KV v2 mount without `data/` and `metadata/`. */
  readonly rules: Policy;
  /** Lines like `read secret/aws/access_key` that must hold, and that must not. */
  readonly may: readonly VaultClaim[];
  readonly mayNot: readonly VaultClaim[];
  readonly create: boolean;
}

export interface VaultClaim {
  readonly capability: 'create' | 'read' | 'update' | 'delete' | 'list' | 'sudo' | 'patch';
  readonly path: string;
}

export interface VaultUser {
  readonly name: string;
  readonly role: 'super' | 'regular';
  readonly api: 'fullaccess' | 'readonly';
  /** Whether the policy and the token role of its kind are made; one per environment and kind, `<env>-<role>-<api>`. */
  readonly create: boolean;
}

export interface VaultAppRole {
  readonly name: string;
  readonly policies: readonly string[];
  /** How long a token of it lives, in seconds. */
  readonly tokenTtlSeconds: number;
  /** How long a secret id of it lives, in seconds. */
  readonly secretIdTtlSeconds: number;
  readonly create: boolean;
}

export interface VaultAudit {
  readonly path: string;
  readonly type: 'file' | 'syslog' | 'socket';
  readonly options: { readonly [key: string]: string };
  readonly create: boolean;
}

/** An entry without `create`. */
export interface AdoptedEntry {
  readonly provider: string;
  readonly name: string;
  /** The entry as it goes out, deprecated spellings replaced. */
  readonly values: { readonly [key: string]: Json };
}

/** One VPC with its VPN: an entry with `create`, and the entries that are `within` it. */
export interface AwsNetwork {
  /** `aws/<entry>`. */
  readonly key: string;
  readonly entry: string;
  readonly region: string;
  readonly vpcCidr: Cidr;
  readonly publicSubnet?: Cidr;
  readonly egress: 'nat' | 'nat-per-zone' | 'none';
  /** Profiles and references to other entries are resolved. */
  readonly ingress: readonly Rule[];
  readonly flowLogs: boolean;
  readonly tags: { readonly [key: string]: string };
  /** The entry's own subnet first, then those `within` it, by name. */
  readonly subnets: readonly [AwsSubnet, ...AwsSubnet[]];
  /** Absent for `vpn: none`. */
  readonly vpn?: AwsVpn;
}

/** A subnet for nodes: what one catalog entry names. */
export interface AwsSubnet {
  readonly entry: string;
  readonly cidr: Cidr;
  /** Absent: the first available zone. */
  readonly zone?: string;
  /** With `nat-per-zone`, the public subnet of a zone that the entry's own is not in. */
  readonly publicSubnet?: Cidr;
  /** Whether the entry is published under `aws_spot` too. */
  readonly spot: boolean;
  /** Further keys of the entry, published as they are (`ntp_servers`, …). */
  readonly extra: { readonly [key: string]: Json };
}

export interface AwsVpn {
  readonly gateway: 'virtual-private';
  readonly routing: 'static' | 'bgp';
  readonly mode: 'route-based' | 'policy-based';
  readonly crypto: CryptoProfile;
  readonly amazonSideAsn: number;
  readonly presharedKeyStorage: 'Standard' | 'SecretsManager';
  /** Networks behind the gateway that the VPC reaches: the site's, and with `site.mesh` those of the other networks. */
  readonly remoteNetworks: readonly Cidr[];
  /** Profile, `tunnel_options` and `tunnels[i]` merged; `insideCidr` only where the catalog fixes one. */
  readonly tunnels: readonly [TunnelOptions, TunnelOptions];
  /** Absent: no logs. */
  readonly logs?: VpnLogs;
}

export interface VpnLogs {
  readonly format: 'json' | 'text';
  /** One of CloudWatch's values; 0 keeps for ever. */
  readonly retentionDays: number;
  /** BGP logs beside the activity logs: needs provider 6.25. */
  readonly bgp: boolean;
}
