import type { IConstruct } from 'constructs';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';

const SEGMENT = '(?!\\.+(?:/|$))[A-Za-z0-9_.-]+';
const MOUNT_PATH = new RegExp(`^(?=.{1,128}$)${SEGMENT}(?:/${SEGMENT})*$`);
const POLICY_NAME = /^[a-z0-9][a-z0-9_.-]{0,127}$/;
const ROLE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** The path where an engine, a log-in method or a device is mounted. @throws {@link PropsError} */
export function checkMountPath(construct: IConstruct, prop: string, path: string): void {
  check(construct, prop, path, MOUNT_PATH, 'a path like secret or team/kv, without slashes at its ends');
}

/** A policy's name. Vault stores it in small letters, so another one would be in every plan. @throws {@link PropsError} */
export function checkPolicyName(construct: IConstruct, prop: string, name: string): void {
  check(construct, prop, name, POLICY_NAME, 'a name of small letters, digits, _ . and -');
}

/** The name of a token role or an AppRole. @throws {@link PropsError} */
export function checkRoleName(construct: IConstruct, prop: string, name: string): void {
  check(construct, prop, name, ROLE_NAME, 'a name of letters, digits, _ . and -');
}

/** Policies that a role hands out; at least one, and never `root`, as far as they are known. @throws {@link PropsError} */
export function checkPolicyNames(construct: IConstruct, prop: string, names: readonly string[]): void {
  if (!isKnown(names)) return;
  if (names.length === 0) refuse(construct, `${prop}: must name at least one policy, got none`);
  for (const name of names) checkPolicyName(construct, prop, name);
  if (names.includes('root')) refuse(construct, `${prop}: must not hand out root, which may do everything`);
  if (new Set(names).size < names.length)
    refuse(construct, `${prop}: must name each policy once, got ${names.join(', ')}`);
}

/** A number of whole seconds, at least one. @throws {@link PropsError} */
export function checkSeconds(construct: IConstruct, prop: string, seconds: number | undefined): void {
  if (seconds === undefined || !isKnown(seconds) || (Number.isSafeInteger(seconds) && seconds >= 1)) return;
  refuse(construct, `${prop}: must be a whole number of seconds from 1 on, got ${seconds}`);
}

function check(construct: IConstruct, prop: string, value: string, form: RegExp, expected: string): void {
  if (isKnown(value) && !form.test(value))
    refuse(construct, `${prop}: must be ${expected}, got ${JSON.stringify(value)}`);
}
