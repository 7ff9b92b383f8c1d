import { PENDING_TEXT } from '../../model/net/address';
import { isSecretVariable, MASK } from '../masks';
import { contentMask, isContent } from './content-mask';
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
  /** The time that `plantimestamp()` means in it. @default - a Terraform that does not say it */
  readonly planTime?: string;
}

export interface ScrubbedChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly reason?: string;
  readonly previousAddress?: string;
  /** The id by which the object is imported. @default - it is not */
  readonly imports?: string;
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
  /(preshared_key|psk|password|passphrase|secret|secret_key|secret_string|secret_binary|private_key(_pem|_pem_pkcs8|_openssh)?|token|shared_key|authorization_key|access_key|connection_string|key_material|password_data|customer_gateway_configuration)(_wo)?$/i;

/** What types hold secrets under names that are no secrets elsewhere: `secret_id` is an id in Azure's key vault. */
const SECRET_OF_TYPE: readonly (readonly [type: RegExp, name: RegExp])[] = [
  [/^vault_approle_auth_backend_role_secret_id$/, /^secret_id$/],
  [
    /^vault_(generic_secret|kv_secret|kv_secret_v2|generic_endpoint)$/,
    /^(data|data_json|write_data|write_data_json)$/,
  ],
  [/^docker_(config|secret)$/, /^data(_raw)?$/],
];

/** `NAME=value` in a list of variables, where the name is that of a secret. */
const VARIABLE = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/s;

/** Variables without a secret, whose values are told: masks would hide a folder's path, or an end, wherever they occur. */
const PLAIN_VARIABLES: ReadonlySet<string> = new Set([
  'certificate',
  'secrets_version',
  'project_folder',
  'now',
]);

/**
 * Parses the JSON of a plan.
 *
 * @param learn - gets every secret text, so that it can be masked elsewhere too; the ids of resources are none
 * @param mask - replaces the secrets that are known already
 */
export function scrubPlan(
  text: string,
  learn: (secret: string) => void,
  mask: (text: string) => string = (given) => given,
): ScrubbedPlan {
  const plan = attributes(JSON.parse(text));
  const ids = plainIds(plan);
  const learnAll = (value: unknown): void => {
    if (typeof value === 'string') {
      if (!ids.has(value)) learn(value);
    } else if (typeof value === 'object' && value !== null)
      for (const part of Object.values(value)) learnAll(part);
  };
  for (const [name, variable] of Object.entries(attributes(plan.variables)))
    if (!PLAIN_VARIABLES.has(name)) learnSecretVariable(variable, learnAll);
  const scrubAll = (list: unknown) =>
    (Array.isArray(list) ? list : []).map((change) => scrubChange(attributes(change), learnAll, mask));
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
    ...planTimeOf(plan),
  };
}

function planTimeOf({ timestamp, variables }: Attributes): Pick<ScrubbedPlan, 'planTime'> {
  const { value: now } = attributes(attributes(variables).now);
  const time = typeof now === 'string' && now !== '' ? now : timestamp;
  return typeof time === 'string' ? { planTime: time } : {};
}

/** The ids of a plan's resources that nobody marks: a sensitive value that is one of them as well is no secret. */
function plainIds({ resource_changes: changes }: Attributes): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const resource of Array.isArray(changes) ? changes : []) {
    const change = attributes(attributes(resource).change);
    for (const side of ['before', 'after'] as const) {
      const marks = change[`${side}_sensitive`];
      for (const name of ['id', 'arn']) {
        const value = attributes(change[side])[name];
        if (typeof value === 'string' && marks !== true && attributes(marks)[name] !== true) ids.add(value);
      }
    }
  }
  return ids;
}

function scrubChange(
  raw: Attributes,
  learn: (value: unknown) => void,
  mask: (text: string) => string,
): ScrubbedChange {
  const change = attributes(raw.change);
  const before = attributes(change.before);
  const after = attributes(change.after);
  const unknown = attributes(change.after_unknown);
  const type = String(raw.type);
  const { id: imports } = attributes(change.importing);
  const ofType = SECRET_OF_TYPE.filter(([types]) => types.test(type)).map(([, names]) => names);
  const scrubbed = (value: unknown, marks: unknown, teach = learn): Attributes => {
    const own = attributes(value);
    const marked = Object.keys(own).filter((name) => ofType.some((names) => names.test(name)));
    const all =
      marks === true
        ? true
        : { ...attributes(marks), ...Object.fromEntries(marked.map((name) => [name, true])) };
    return withContent(attributes(scrub(own, all, teach)), own, mask);
  };
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  return {
    address: String(raw.address),
    type,
    actions: actionsOf(change),
    ...(typeof raw.action_reason === 'string' ? { reason: raw.action_reason } : {}),
    ...(typeof raw.previous_address === 'string' ? { previousAddress: raw.previous_address } : {}),
    ...(typeof imports === 'string' ? { imports } : {}),
    replacedBy: (Array.isArray(change.replace_paths) ? change.replace_paths : []).map((steps: unknown) =>
      Array.isArray(steps) ? steps.join('.') : String(steps),
    ),
    before: scrubbed(before, change.before_sensitive),
    after: scrubbed(after, change.after_sensitive),
    planned: scrubbed(withPending(after, unknown), change.after_sensitive, () => undefined),
    changed: [...names]
      .filter((name) => holdsTrue(unknown[name]) || stable(before[name]) !== stable(after[name]))
      .sort(),
  };
}

/** The same with what runs on a machine replaced by what tells one such content from another. */
function withContent(scrubbed: Attributes, raw: Attributes, mask: (text: string) => string): Attributes {
  const content = Object.entries(raw).filter(
    ([name, value]) => isContent(name) && typeof value === 'string' && value !== '' && value !== PENDING_TEXT,
  );
  if (content.length === 0) return scrubbed;
  return {
    ...scrubbed,
    ...Object.fromEntries(content.map(([name, value]) => [name, contentMask(String(value), mask)])),
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
  if (typeof value === 'string') return withoutSecretVariable(value, learn);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const secret = SECRET_NAME.test(name) && typeof part === 'string' && part !== '';
      return [name, scrub(part, secret || attributes(mask)[name], learn)];
    }),
  );
}

/** `NAME=(sensitive)` for a variable with the name of a secret. */
function withoutSecretVariable(text: string, learn: (value: unknown) => void): string {
  const [, name = '', value = ''] = VARIABLE.exec(text) ?? [];
  if (name === '' || !isSecretVariable(name)) return text;
  learn(value);
  return `${name}=${MASK}`;
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
