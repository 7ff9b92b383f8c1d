import type { EntryChange } from '../catalog/out/entry-changes';
import type { FolderChange } from '../gateway/folder/diff';

/** What happens to the files of one gateway host. No key is in it. */
export interface HostChange {
  readonly publicIp: string;
  /** The host's own address: `10.0.2.15`. */
  readonly host: string;
  /** The folder of its files, as it is shown. */
  readonly folder: string;
  readonly changes: readonly FolderChange[];
  /** Tunnels that get another key: `dev/aws/default 169.254.100.0/30`. */
  readonly newKeys: readonly string[];
  /** What root does on the host after the apply, in this order. */
  readonly steps: readonly string[];
  /** Whether no tunnel ends there after the apply. */
  readonly ends: boolean;
}

/** What an apply changes beside resources: at the gateway and for the controller. It is what states and plans tell. */
export interface BothEnds {
  readonly hosts: readonly HostChange[];
  /** Changes in `vpn_catalog.yml`. */
  readonly entries: readonly EntryChange[];
  /** Changes in `vcp_config.yml`, by section. */
  readonly configuration: readonly EntryChange[];
  /** What the user should know about other environments of the host. */
  readonly neighbours: readonly string[];
  /** What could not be compared, a line each. */
  readonly unknown: readonly string[];
  /** Differences of the host's folder on this disk, by path; they are no change of the plan. */
  readonly folders: readonly { readonly folder: string; readonly unlike: readonly string[] }[];
}

export const NO_ENDS: BothEnds = {
  hosts: [],
  entries: [],
  configuration: [],
  neighbours: [],
  unknown: [],
  folders: [],
};

/** Whether an apply changes anything at the ends. */
export function endsChange({ hosts, entries, configuration }: BothEnds): boolean {
  return hosts.length > 0 || entries.length > 0 || configuration.length > 0;
}
