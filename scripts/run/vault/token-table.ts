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

/** `45 s`, `12 min`, `5 h 20 min`, `32 d`: two parts at most, rounded down. */
export function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 1) return two(days, 'd', hours % 24, 'h');
  if (hours > 0) return two(hours, 'h', minutes % 60, 'min');
  return minutes > 0 ? two(minutes, 'min', seconds % 60, 's') : `${seconds} s`;
}

function two(large: number, stack: string, small: number, below: string): string {
  return small === 0 ? `${large} ${stack}` : `${large} ${stack} ${small} ${below}`;
}
