import { durationText } from '../../../base/text/duration-text';
import { shortened } from '../../../vault/shortened';
import type { TokenFacts } from '../../../vault/tokens';

const HEADS = ['ACCESSOR', 'NAME', 'LIFE', 'POLICIES'] as const;

/** Tokens for people, a line each: what they are called and may do, never the tokens. */
export function tokenTable(tokens: readonly TokenFacts[]): string {
  const rows = tokens.map(({ accessor, displayName, user, remainingSeconds, policies }) => [
    shortened(accessor, 60),
    shortened(user ?? displayName, 64),
    remainingSeconds === undefined ? 'for ever' : durationText(remainingSeconds),
    policies.map((policy) => shortened(policy, 64)).join(', '),
  ]);
  const all = [HEADS as readonly string[], ...rows];
  const widths = HEADS.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
