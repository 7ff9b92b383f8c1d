import { Token, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';
import { refuse } from './props-error';

/** Whether a prop's value is known now: neither it nor a part of it is a token. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/** The value where it is known now, undefined where Terraform will know it. */
export function known<T>(value: T): T | undefined {
  return isKnown(value) ? value : undefined;
}

/** Whether a text is one token and nothing else: no literal part of it stands in the configuration. */
export function isOneToken(text: string): boolean {
  const fragments = Tokenization.reverseString(text);
  return fragments.length === 1 && fragments.tokens.length === 1;
}

/**
 * Refuses a token where a value must be known when the configuration is written.
 *
 * @param reason why it must be known
 * @throws {@link PropsError}
 */
export function checkKnown(construct: IConstruct, prop: string, value: unknown, reason: string): void {
  if (!isKnown(value)) refuse(construct, `${prop}: must be known at synthesis, got a token; ${reason}`);
}
