import type { EntryChange } from '../../catalog/out/entry-changes';
import type { ErrorSummary } from '../../terraform/diagnostics';
import type { ValueChange } from '../../terraform/plan/resource-values';
import type { AdoptedObject, ChangeCounts, Drift } from '../../terraform/plan/stack-plan';
import type { GroupView, NodeView } from './node-view';

/** An event of `--json`, which prints one a line. docs/deploy.md has the schema; a test compares both. */
export type Event =
  | {
      readonly type: 'run_started';
      readonly command: string;
      readonly environment: string;
      readonly simulated: boolean;
      readonly version: string;
      readonly terraform: string;
    }
  | {
      readonly type: 'problem';
      readonly severity: 'error' | 'warning' | 'note';
      readonly code: string;
      readonly path: string;
      readonly message: string;
      readonly help?: string;
      readonly file?: string;
      readonly line?: number;
      readonly column?: number;
    }
  | {
      readonly type: 'file';
      readonly path: string;
      readonly fate: 'new' | 'same' | 'updated' | 'edited' | 'removed' | 'foreign';
      readonly written: boolean;
    }
  | {
      readonly type: 'finding';
      readonly environment?: string;
      readonly rule: string;
      readonly severity: string;
      readonly verdict: 'violated' | 'unknown' | 'accepted';
      /** Whether it refuses an apply. */
      readonly refuses: boolean;
      readonly text: string;
      readonly stack?: string;
      readonly address?: string;
      readonly file?: string;
      readonly line?: number;
      readonly column?: number;
      /** Of an accepted one. */
      readonly reason?: string;
      readonly until?: string;
    }
  | {
      readonly type: 'rule';
      readonly rule: string;
      readonly severity: string;
      readonly title: string;
      readonly reason: string;
      readonly help: string;
      readonly references: readonly string[];
    }
  | {
      readonly type: 'catalog_valid';
      readonly environment: string;
      readonly networks: number;
      readonly adopted: number;
      readonly warnings: number;
    }
  | {
      readonly type: 'lock_updated';
      readonly file: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | {
      readonly type: 'synthesized';
      readonly environment: string;
      readonly folder: string;
      readonly stacks: readonly string[];
      readonly seconds: number;
    }
  | ({
      readonly type: 'stack_planned';
      readonly stack: string;
      readonly changes: boolean;
      /** The number of drifted objects. */
      readonly drift: number;
      readonly drifted: readonly Drift[];
      readonly sentences: readonly string[];
      /** What an earlier apply made and no state has. Absent where there is nothing. */
      readonly adopted?: readonly AdoptedObject[];
      readonly saved: boolean;
    } & ChangeCounts)
  | {
      readonly type: 'resource_planned';
      readonly stack: string;
      readonly address: string;
      readonly resource_type: string;
      readonly action: string;
      readonly changes: readonly ValueChange[];
    }
  | {
      readonly type: 'gateway_planned';
      readonly folder: string;
      readonly public_ip: string;
      readonly host: string;
      readonly changes: readonly { readonly path: string; readonly kind: string; readonly patch: string }[];
      readonly new_keys: readonly string[];
      readonly steps: readonly string[];
    }
  | { readonly type: 'entries_planned'; readonly file: string; readonly changes: readonly EntryChange[] }
  | {
      readonly type: 'records_written';
      readonly environment: string;
      readonly folder: string;
      readonly stacks: readonly string[];
      /** Of all plans of the environment. Absent where the run planned a part of them. */
      readonly digest?: string;
      readonly shard?: string;
    }
  | {
      readonly type: 'review_compared';
      readonly digest: string;
      readonly verdict: 'same' | 'nothing_left' | 'other';
      readonly differences: readonly {
        readonly stack: string;
        readonly address?: string;
        readonly attribute?: string;
        readonly reviewed: string;
        readonly now: string;
      }[];
      readonly held: readonly string[];
      readonly done: readonly string[];
    }
  | { readonly type: 'review_missing'; readonly demanded_by: string }
  | { readonly type: 'stack_deferred'; readonly stack: string; readonly because: readonly string[] }
  | {
      readonly type: 'stack_awaited';
      readonly stack: string;
      readonly pid: number;
      readonly since: string;
      readonly log: string;
    }
  | { readonly type: 'stack_started'; readonly stack: string; readonly changes: number }
  | {
      readonly type: 'resource_done';
      readonly stack: string;
      readonly address: string;
      readonly action: string;
      readonly seconds: number;
    }
  | ({
      readonly type: 'stack_applied';
      readonly stack: string;
      /** Terraform's operations: a replacement adds and destroys. */
      readonly added: number;
      readonly changed: number;
      readonly destroyed: number;
      readonly seconds: number;
    } & ChangeCounts)
  | {
      readonly type: 'stack_failed';
      readonly stack: string;
      readonly phase: 'init' | 'plan' | 'apply';
      readonly errors: readonly ErrorSummary[];
      readonly done: number;
      readonly total: number;
      readonly log?: string;
    }
  | { readonly type: 'stack_skipped'; readonly stack: string; readonly because: string }
  | {
      readonly type: 'steps';
      readonly hosts: readonly {
        readonly public_ip: string;
        readonly host: string;
        readonly folder: string;
        readonly files: readonly { readonly path: string; readonly kind: string }[];
        readonly steps: readonly string[];
      }[];
      readonly entries: readonly { readonly name: string; readonly kind: string }[];
      /** On hosts that are no gateways: a controller's. */
      readonly others?: readonly { readonly host: string; readonly steps: readonly string[] }[];
    }
  | {
      readonly type: 'import_planned';
      readonly stack: string;
      readonly entry: string;
      readonly taken: readonly { readonly address: string; readonly how: string; readonly from: string }[];
      readonly changes: readonly string[];
    }
  | {
      readonly type: 'imported';
      readonly stack: string;
      readonly entry: string;
      readonly file: string;
      readonly objects: number;
      readonly backup?: string;
    }
  | { readonly type: 'entries_written'; readonly file: string; readonly entries: readonly string[] }
  | {
      readonly type: 'sakura_config_written';
      readonly file: string;
      /** How many addresses each entry has, and who named them. */
      readonly entries: readonly {
        readonly entry: string;
        readonly addresses: number;
        readonly from: 'catalog' | 'file' | 'chosen';
      }[];
    }
  | {
      readonly type: 'vcp_config_written';
      readonly file: string;
      readonly providers: readonly string[];
      readonly left_out: readonly string[];
      /** Keys of a file that was there before: `vcc.host`. */
      readonly changes?: readonly {
        readonly key: string;
        readonly before?: string;
        readonly after: string;
      }[];
    }
  | {
      readonly type: 'gateway_written';
      readonly folder: string;
      readonly connections: readonly string[];
      readonly files: readonly string[];
    }
  | {
      readonly type: 'gateway_compared';
      readonly folder: string;
      readonly changes: readonly { readonly path: string; readonly kind: string }[];
    }
  | {
      readonly type: 'gateway_checked';
      readonly program: string;
      readonly subject: string;
      readonly verdict: 'passed' | 'failed' | 'absent';
      readonly says: readonly string[];
    }
  | { readonly type: 'keys_stored'; readonly folder: string; readonly tunnels: readonly string[] }
  | {
      readonly type: 'key_rotated';
      readonly environment: string;
      readonly network: string;
      readonly tunnel: string;
    }
  | {
      readonly type: 'tunnel_status';
      readonly environment: string;
      readonly network: string;
      readonly tunnel: string;
      readonly outside_address: string;
      readonly cloud: {
        readonly status: string;
        readonly message: string;
        readonly since?: string;
        readonly accepted_routes: number;
      };
      readonly gateway?: {
        readonly ike: string;
        readonly children: number;
        readonly bgp?: string;
      };
    }
  | { readonly type: 'schema_written'; readonly file: string; readonly changed: boolean }
  | {
      readonly type: 'picture_written';
      readonly file: string;
      readonly format: 'svg' | 'mermaid' | 'dot';
      readonly changed: boolean;
    }
  | {
      readonly type: 'posted';
      readonly done: readonly string[];
      readonly notes: readonly string[];
      readonly failures: readonly string[];
    }
  | { readonly type: 'secret_written'; readonly reference: string; readonly version?: number }
  | { readonly type: 'secrets_listed'; readonly folder: string; readonly names: readonly string[] }
  | { readonly type: 'secret_removed'; readonly reference: string }
  | {
      readonly type: 'token_listed';
      readonly accessor: string;
      readonly display_name: string;
      readonly user?: string;
      readonly policies: readonly string[];
      readonly remaining_seconds?: number;
    }
  | { readonly type: 'token_revoked'; readonly accessor: string; readonly user?: string }
  | {
      readonly type: 'check';
      readonly check: string;
      readonly subject: string;
      readonly verdict: 'passed' | 'failed' | 'noted';
      readonly found: string;
      readonly help?: string;
    }
  | {
      readonly type: 'rights_checked';
      readonly purpose: string;
      readonly subject: string;
      readonly principal?: string;
      readonly allowed: number;
      readonly missing: readonly { readonly right: string; readonly on: string }[];
      readonly unknown: readonly string[];
      readonly refused?: string;
    }
  | {
      readonly type: 'environment_skipped';
      readonly environment: string;
      readonly because: string;
      readonly gateway?: string;
    }
  | {
      readonly type: 'environments_finished';
      readonly exit_code: number;
      readonly environments: readonly { readonly environment: string; readonly outcome: string }[];
    }
  | {
      readonly type: 'environment_listed';
      readonly environment: string;
      readonly file: string;
      readonly state: 'listed' | 'unreadable' | 'locked_only';
      readonly backend?: string;
      readonly gateway?: string;
      readonly stacks: readonly ListedStack[];
    }
  | ({ readonly type: 'node_group' } & GroupView)
  | ({ readonly type: 'node' } & NodeView)
  | {
      readonly type: 'ssh_config_written';
      readonly file: string;
      readonly known_hosts: string;
      readonly hosts: readonly string[];
      readonly keys: readonly {
        readonly host: string;
        readonly type: string;
        readonly fingerprint: string;
        readonly change: 'known' | 'new' | 'changed';
      }[];
      /** Hosts whose keys could not be read. */
      readonly unknown: readonly string[];
    }
  | {
      readonly type: 'drift_found';
      readonly outcome: 'none' | 'drift' | 'unknown';
      readonly stacks: readonly { readonly stack: string; readonly state: string }[];
      /** As in the report; those that are gone are the last. */
      readonly items: readonly object[];
      readonly notes: readonly string[];
    }
  | { readonly type: 'note'; readonly level: 'error' | 'warn' | 'info' | 'debug'; readonly text: string }
  | { readonly type: 'run_finished'; readonly exit_code: number; readonly seconds: number };

/** A stack in `environment_listed`. */
export interface ListedStack {
  readonly stack: string;
  readonly state: 'never_applied' | 'applied' | 'empty' | 'unreadable' | 'unknown';
  /** Whether it is gone from the catalog, so that the next apply destroys it. */
  readonly gone: boolean;
  /** Whether the lock file names it. */
  readonly locked: boolean;
  /** When it was applied last, as far as this project's folder tells. */
  readonly at?: string;
  /** How many objects the saved plan found changed outside of Terraform. */
  readonly drift?: number;
  /** Whether the saved plan would change something. */
  readonly changes?: boolean;
  /** When that plan was made. */
  readonly planned?: string;
  /** Whether its last apply was begun here and did not end. */
  readonly unfinished: boolean;
  /** Of a stack with a node group, where its state is on this disk. */
  readonly nodes?: ListedNodes;
}

/** A node group in a stack of `environment_listed`. */
export interface ListedNodes {
  /** Absent where only the cloud knows. */
  readonly size?: number;
  readonly max: number;
  readonly lease_end?: string;
  /** Whether the lease is over. */
  readonly ended: boolean;
}

/** Prints events, or nothing without `--json`. */
export class EventStream {
  constructor(
    private readonly stream: NodeJS.WritableStream | undefined,
    private readonly masked: (text: string) => string,
    /** The environment that all events are about. */
    private readonly environment?: string,
  ) {}

  emit(event: Event): void {
    if (this.stream === undefined) return;
    const { type, ...rest } = event;
    const about = this.environment === undefined ? {} : { environment: this.environment };
    const line = JSON.stringify({ type, at: new Date().toISOString(), ...about, ...rest });
    this.stream.write(`${this.masked(line)}\n`);
  }
}
