import { durationText } from '../../../base/text/duration-text';
import { tableText } from '../../../base/text/table-text';
import { shortened } from '../../../vault/shortened';
import type { TokenFacts } from '../../../vault/tokens';

const HEADER = ['accessor', 'name', 'life', 'policies'];

/** Tokens for people, a line each: what they are called and may do, never the tokens. */
export function tokenTable(tokens: readonly TokenFacts[]): string {
  const rows = tokens.map(({ accessor, displayName, user, remainingSeconds, policies }) => [
    shortened(accessor, 60),
    shortened(user ?? displayName, 64),
    remainingSeconds === undefined ? 'for ever' : durationText(remainingSeconds),
    policies.map((policy) => shortened(policy, 64)).join(', '),
  ]);
  return tableText(HEADER, rows);
}
