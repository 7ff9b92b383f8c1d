import { Failure } from '../base/errors';

/** One line of Terraform's machine-readable UI (`-json`). Fields beyond `@message` depend on the type. */
export type Message =
  | {
      readonly type: 'planned_change' | 'resource_drift';
      readonly text: string;
      readonly change: ResourceChange;
    }
  | { readonly type: 'change_summary'; readonly text: string; readonly changes: ChangeSummary }
  | {
      readonly type: 'outputs';
      readonly text: string;
      readonly outputs: Readonly<Record<string, OutputMessage>>;
    }
  | {
      readonly type: 'apply_start' | 'apply_progress' | 'apply_complete' | 'apply_errored';
      readonly text: string;
      readonly hook: Hook;
    }
  | { readonly type: 'diagnostic'; readonly text: string; readonly diagnostic: Diagnostic }
  | { readonly type: 'known'; readonly text: string }
  /** A type that is not known here; its text is shown. */
  | { readonly type: 'unknown'; readonly text: string }
  /** A line that is not JSON. */
  | { readonly type: 'plain'; readonly text: string };

export interface ResourceChange {
  readonly address: string;
  readonly resourceType: string;
  /** `create`, `update`, `replace`, `delete`, `read`, `move`, `import`, `remove`, `noop`; an open set. */
  readonly action: string;
  readonly reason?: string;
}

export interface ChangeSummary {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
}

export interface OutputMessage {
  readonly sensitive: boolean;
  readonly action?: string;
  /** Absent for a sensitive output. */
  readonly value?: unknown;
}

export interface Hook {
  readonly address: string;
  readonly resourceType: string;
  readonly action: string;
  readonly seconds: number;
}

export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

const QUIET = new Set([
  'log',
  'refresh_start',
  'refresh_complete',
  'init_output',
  'provision_start',
  'provision_progress',
  'provision_complete',
  'ephemeral_op_start',
  'ephemeral_op_progress',
  'ephemeral_op_complete',
]);

type Raw = Readonly<Record<string, unknown>>;

/**
 * Parses one line.
 *
 * @throws {@link Failure} when Terraform uses a newer major version of this format
 */
export function parseMessage(line: string): Message {
  const raw = parseObject(line);
  if (raw === undefined) return { type: 'plain', text: line };
  const text = string(raw['@message']);
  switch (raw.type) {
    case 'version':
      return { type: 'known', text: checkVersion(string(raw.ui), text) };
    case 'planned_change':
    case 'resource_drift':
      return { type: raw.type, text, change: resourceChange(object(raw.change)) };
    case 'change_summary': {
      const changes = object(raw.changes);
      return {
        type: raw.type,
        text,
        changes: {
          add: number(changes.add),
          change: number(changes.change),
          remove: number(changes.remove),
          import: number(changes.import),
        },
      };
    }
    case 'outputs':
      return { type: raw.type, text, outputs: raw.outputs as Readonly<Record<string, OutputMessage>> };
    case 'apply_start':
    case 'apply_progress':
    case 'apply_complete':
    case 'apply_errored':
      return { type: raw.type, text, hook: hook(object(raw.hook)) };
    case 'diagnostic':
      return { type: raw.type, text, diagnostic: diagnostic(object(raw.diagnostic)) };
    default:
      return { type: QUIET.has(string(raw.type)) ? 'known' : 'unknown', text };
  }
}

function checkVersion(ui: string, text: string): string {
  if (ui !== '' && ui.split('.')[0] !== '1') {
    throw new Failure(
      `terraform prints version ${ui} of its JSON messages, and version 1 is supported; use an older Terraform, or a newer kakehashi`,
    );
  }
  return text;
}

function resourceChange(change: Raw): ResourceChange {
  const resource = object(change.resource);
  return {
    address: string(resource.addr),
    resourceType: string(resource.resource_type),
    action: string(change.action),
    ...(typeof change.reason === 'string' ? { reason: change.reason } : {}),
  };
}

function hook(raw: Raw): Hook {
  const resource = object(raw.resource);
  return {
    address: string(resource.addr),
    resourceType: string(resource.resource_type),
    action: string(raw.action),
    seconds: number(raw.elapsed_seconds),
  };
}

function diagnostic(raw: Raw): Diagnostic {
  return {
    severity: string(raw.severity),
    summary: string(raw.summary),
    detail: string(raw.detail),
    ...(typeof raw.address === 'string' && raw.address !== '' ? { address: raw.address } : {}),
  };
}

function parseObject(line: string): Raw | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Raw;
  } catch {
    return undefined;
  }
}

function object(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {};
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
