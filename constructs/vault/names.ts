import type { Construct } from 'constructs';
import { PropsError } from '../props-error';

const SEGMENT = '(?!\\.+(?:/|$))[A-Za-z0-9_.-]+';
const MOUNT_PATH = new RegExp(`^(?=.{1,128}$)${SEGMENT}(?:/${SEGMENT})*$`);
const POLICY_NAME = /^[a-z0-9][a-z0-9_.-]{0,127}$/;
const ROLE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** Where an engine, a log-in method or a device is mounted. @throws {@link PropsError} */
export function checkMountPath(scope: Construct, prop: string, path: string): void {
  check(scope, prop, path, MOUNT_PATH, 'a path like secret or team/kv, without slashes at its ends');
}

/** A policy's name; Vault itself writes them in small letters, and the plan would never be empty. @throws {@link PropsError} */
export function checkPolicyName(scope: Construct, prop: string, name: string): void {
  check(scope, prop, name, POLICY_NAME, 'a name of small letters, digits, _ . and -');
}

/** The name of a token role or an AppRole. @throws {@link PropsError} */
export function checkRoleName(scope: Construct, prop: string, name: string): void {
  check(scope, prop, name, ROLE_NAME, 'a name of letters, digits, _ . and -');
}

/** Policies that a role hands out; at least one, and never `root`. @throws {@link PropsError} */
export function checkPolicyNames(scope: Construct, prop: string, names: readonly string[]): void {
  const refuse = (problem: string): never => {
    throw new PropsError(scope.node.path, `${prop}: ${problem}`);
  };
  if (names.length === 0) refuse('must name at least one policy, got none');
  for (const name of names) checkPolicyName(scope, prop, name);
  if (names.includes('root')) refuse('must not hand out root, which may do everything');
  if (new Set(names).size < names.length) refuse(`must name each policy once, got ${names.join(', ')}`);
}

/** A number of whole seconds, at least one. @throws {@link PropsError} */
export function checkSeconds(scope: Construct, prop: string, seconds: number | undefined): void {
  if (seconds === undefined || (Number.isSafeInteger(seconds) && seconds >= 1)) return;
  throw new PropsError(
    scope.node.path,
    `${prop}: must be a whole number of seconds from 1 on, got ${seconds}`,
  );
}

function check(scope: Construct, prop: string, value: string, form: RegExp, expected: string): void {
  if (form.test(value)) return;
  throw new PropsError(scope.node.path, `${prop}: must be ${expected}, got ${JSON.stringify(value)}`);
}
