import { MASK } from '../masks';
import { holdsTrue, type PlannedOutputs, plannedOutputs, stable, withPending } from './planned-outputs';
import { plannedReferences, type References } from './references';

/**
 * The parts of `terraform show -json <plan>` that are used, with every secret replaced.
 *
 * Terraform prints sensitive values in clear text there, beside masks that say where they are (docs/reference/terraform.md).
 * This module applies the masks before any other code sees the plan, and drops the parts that repeat the values
 * (`variables`, `prior_state`, `planned_values`, the values in `configuration`, the values of sensitive outputs).
 */
export interface ScrubbedPlan {
  readonly changes: readonly ScrubbedChange[];
  /** The resources that stay as they are. */
  readonly unchanged: readonly ScrubbedChange[];
  readonly references: References;
  readonly drift: readonly ScrubbedChange[];
  /** Names of the outputs that change. */
  readonly outputs: readonly string[];
  /** All outputs before and after, without the values of sensitive ones. */
  readonly outputValues: PlannedOutputs;
}

export interface ScrubbedChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly reason?: string;
  readonly previousAddress?: string;
  /** The attributes that make it a replacement: `tunnel2_inside_cidr`, `ingress.0.cidr_blocks`. */
  readonly replacedBy: readonly string[];
  readonly before: Attributes;
  readonly after: Attributes;
  /** The same, with `(known after apply)` where Terraform does not know a value yet. @default - all are known */
  readonly planned?: Attributes;
  /** Attributes that differ or are not known yet. They are compared before masking, so that a changed secret is among them. */
  readonly changed: readonly string[];
}

export type Attributes = Readonly<Record<string, unknown>>;

/** Names of attributes that are secrets even if the provider does not mark them. */
const SECRET_NAME =
  /(preshared_key|psk|password|passphrase|secret|secret_key|private_key|token|customer_gateway_configuration)$/i;

/** Variables without a secret, whose values are told: masks would hide a folder's path, or an end, wherever they occur. */
const PLAIN_VARIABLES: ReadonlySet<string> = new Set(['certificate', 'secrets_version', 'project_folder']);

/**
 * Parses the JSON of a plan.
 *
 * @param learn - gets every secret text, so that it can be masked elsewhere too
 */
export function scrubPlan(text: string, learn: (secret: string) => void): ScrubbedPlan {
  const plan = attributes(JSON.parse(text));
  const learnAll = (value: unknown): void => {
    if (typeof value === 'string') learn(value);
    else if (typeof value === 'object' && value !== null)
      for (const part of Object.values(value)) learnAll(part);
  };
  for (const [name, variable] of Object.entries(attributes(plan.variables)))
    if (!PLAIN_VARIABLES.has(name)) learnSecretVariable(variable, learnAll);
  const scrubAll = (list: unknown) =>
    (Array.isArray(list) ? list : []).map((change) => scrubChange(attributes(change), learnAll));
  const isUnchanged = (change: ScrubbedChange) => change.actions.join() === 'no-op';
  const resources = scrubAll(plan.resource_changes);
  return {
    changes: resources.filter((change) => !isUnchanged(change)),
    unchanged: resources.filter(isUnchanged),
    references: plannedReferences(plan.configuration),
    drift: scrubAll(plan.resource_drift),
    outputs: Object.entries(attributes(plan.output_changes))
      .filter(([, change]) => actionsOf(attributes(change)).join() !== 'no-op')
      .map(([name]) => name),
    outputValues: plannedOutputs(plan.output_changes, learnAll),
  };
}

function scrubChange(raw: Attributes, learn: (value: unknown) => void): ScrubbedChange {
  const change = attributes(raw.change);
  const before = attributes(change.before);
  const after = attributes(change.after);
  const unknown = attributes(change.after_unknown);
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  return {
    address: String(raw.address),
    type: String(raw.type),
    actions: actionsOf(change),
    ...(typeof raw.action_reason === 'string' ? { reason: raw.action_reason } : {}),
    ...(typeof raw.previous_address === 'string' ? { previousAddress: raw.previous_address } : {}),
    replacedBy: (Array.isArray(change.replace_paths) ? change.replace_paths : []).map((steps: unknown) =>
      Array.isArray(steps) ? steps.join('.') : String(steps),
    ),
    before: attributes(scrub(before, change.before_sensitive, learn)),
    after: attributes(scrub(after, change.after_sensitive, learn)),
    planned: attributes(scrub(withPending(after, unknown), change.after_sensitive, () => undefined)),
    changed: [...names]
      .filter((name) => holdsTrue(unknown[name]) || stable(before[name]) !== stable(after[name]))
      .sort(),
  };
}

/** A value in which everything with the name of a secret is replaced. */
export function withoutSecrets(value: unknown): unknown {
  return scrub(value, undefined, () => undefined);
}

/** Replaces the values that the mask marks (`true` marks everything below), and those with the name of a secret. */
function scrub(value: unknown, mask: unknown, learn: (value: unknown) => void): unknown {
  if (value === null || value === undefined) return null;
  if (mask === true) {
    learn(value);
    return MASK;
  }
  if (Array.isArray(value))
    return value.map((part, index) => scrub(part, Array.isArray(mask) && mask[index], learn));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const secret = SECRET_NAME.test(name) && typeof part === 'string' && part !== '';
      return [name, scrub(part, secret || attributes(mask)[name], learn)];
    }),
  );
}

/** Every variable's value is treated as a secret, because the plan has no masks for variables. */
function learnSecretVariable(variable: unknown, learn: (value: unknown) => void): void {
  if (typeof variable === 'object' && variable !== null && 'value' in variable) learn(variable.value);
}

function actionsOf(change: Attributes): readonly string[] {
  return Array.isArray(change.actions) ? change.actions.map(String) : [];
}

function attributes(value: unknown): Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Attributes) : {};
}
