import { SEVERITIES } from '../../../rules/finding';
import type { EnvironmentRecord, SealedEnvironment, SealedStack, StackRecord } from '../record';
import { BOTH_ENDS, NORMAL_PLAN, STACK_ID, STACK_PLAN } from './plan-shape';
import { SCENE } from './scene-shape';
import { choice, constant, count, either, type Infer, list, named, object, text, truth } from './shapes';

const SHA256 = { pattern: '^[0-9a-f]{64}$' };

const POSITION = object({ file: text(), line: count(), column: count(), endColumn: count() });

export const FINDING = object(
  {
    rule: text(),
    severity: choice(SEVERITIES),
    verdict: choice(['violated', 'unknown', 'accepted']),
    text: text(),
  },
  {
    stack: text(undefined, STACK_ID),
    address: text(),
    position: POSITION,
    accepted: object({ reason: text() }, { until: text() }),
    tool: text(),
  },
);

export const FINDINGS = list(FINDING);

export const POSITIONS = named(POSITION, 'Where the catalog says what each resource is, by address');

export const ORIGIN = object(
  {
    dirty: truth('Whether files of the project differ from the commit'),
    catalog: text('SHA-256 of the catalog with all files that it extends', SHA256),
    lock: text('SHA-256 of the lock file', SHA256),
    kakehashi: text('The version of Kakehashi'),
    terraform: text('The program and its version: terraform 1.11.4'),
    providers: named(text(), 'The versions of the providers by source'),
    simulated: truth('Whether it was made in the sandbox'),
    made: text('The time, in UTC by ISO 8601', {
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$',
    }),
  },
  { commit: text('The full id of the commit', { pattern: '^[0-9a-f]{40,64}$' }) },
);

const HEAD = {
  version: constant(1, 'The version of this format'),
  environment: text('The environment', { pattern: '^[a-z][a-z0-9]{0,62}$' }),
  origin: ORIGIN,
  stacks: list(text(undefined, STACK_ID), 'The ids of all stacks of the environment'),
};

const OPTIONAL_HEAD = {
  chosen: list(text(undefined, STACK_ID), 'Those that the run was told to plan'),
  shard: text('The part of these that the run planned', { pattern: '^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$' }),
};

export const DIGEST_PATTERN = '^k1:[0-9a-f]{64}$';

const OUTCOME = either([
  object({
    kind: constant('planned'),
    digest: text("Of the plan's meaning", { pattern: DIGEST_PATTERN }),
    plan: NORMAL_PLAN,
    summary: STACK_PLAN,
    findings: FINDINGS,
    positions: POSITIONS,
  }),
  object({
    kind: constant('deferred'),
    because: list(text(undefined, STACK_ID), 'The stacks that it waits for'),
  }),
  object({ kind: constant('failed'), lines: list(text(), "The error's lines") }),
]);

const STACK = {
  record: constant('stack'),
  ...HEAD,
  stack: text('Its id', STACK_ID),
  kind: text('The kind of the stack'),
  requires: list(text(undefined, STACK_ID), 'The stacks that must be applied before'),
  outcome: OUTCOME,
};

export const STACK_RECORD = object(STACK, OPTIONAL_HEAD);

const ENVIRONMENT = {
  record: constant('environment'),
  ...HEAD,
  ends: BOTH_ENDS,
  notes: list(text(), 'Remarks about several stacks together'),
  findings: FINDINGS,
  requireReview: truth('Whether an apply needs a review'),
};

const OPTIONAL_ENVIRONMENT = {
  ...OPTIONAL_HEAD,
  floor: text('The severity from which a finding refuses an apply', { pattern: '^[a-z]{1,20}$' }),
  scene: SCENE,
};

export const ENVIRONMENT_RECORD = object(ENVIRONMENT, OPTIONAL_ENVIRONMENT);

const SEAL = text('Of all else in the record', { pattern: '^s1:[0-9a-f]{64}$' });

/** The records as their files have them. */
export const SEALED_STACK = object({ ...STACK, seal: SEAL }, OPTIONAL_HEAD);
export const SEALED_ENVIRONMENT = object(
  {
    ...ENVIRONMENT,
    seal: SEAL,
    seals: named(SEAL, "Those of the stacks' records that the same run wrote, by stack"),
  },
  OPTIONAL_ENVIRONMENT,
);

export const RECORD = either([SEALED_STACK, SEALED_ENVIRONMENT]);

/** The same type, without names for its parts. */
export type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { [Name in keyof T]: Plain<T[Name]> }
    : T;
export type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : never;

/**
 * Its calls compile only while the shapes and the types are equal: whoever changes a type that is part of a record changes its shape
 * too, and with it the published schema.
 */
function mustBeSame<A, B>(_: Same<A, B>): void {}

mustBeSame<Infer<typeof STACK_RECORD>, StackRecord>(true);
mustBeSame<Infer<typeof ENVIRONMENT_RECORD>, EnvironmentRecord>(true);
mustBeSame<Infer<typeof SEALED_STACK>, SealedStack>(true);
mustBeSame<Infer<typeof SEALED_ENVIRONMENT>, SealedEnvironment>(true);
