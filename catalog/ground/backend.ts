import type { JsonMap } from './json';

export const BACKEND_TYPES = ['local', 's3', 'azurerm', 'gcs', 'http', 'pg', 'cloud'] as const;
export type BackendType = (typeof BACKEND_TYPES)[number];

/** Where Terraform keeps its states. */
export interface Backend {
  readonly type: BackendType;
  /** First part of a remote state's key. Unused for `local`. */
  readonly prefix: string;
  /** The backend's own arguments as Terraform spells them, without its state's key, address or name. */
  readonly settings: JsonMap;
}
